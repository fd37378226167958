/* Szymanski's mutual exclusion with three bits a process, the same labels and
 * steps as testdata/bench/szymanski.spec. WRONG is the error of BEEM's even
 * instances: szymanski.4 is N=4 with it. */
#ifndef N
#define N 4
#endif
#ifdef WRONG
#define PASSES (waits[i] && !shut[i])
#else
#define PASSES (waits[i] || !shut[i])
#endif

bool asks[N], waits[N], shut[N];

active [N] proctype P() {
  byte i;
ncs:     if
         :: d_step { asks[_pid] = true; i = 0 }
         fi;
door:    if
         :: d_step { i < N && !shut[i] -> i++ }; goto door
         :: i == N
         fi;
room:    d_step { waits[_pid] = true; asks[_pid] = false };
again:   if
         :: d_step { shut[_pid] -> i = 0 }; goto queue
         :: d_step { !shut[_pid] -> i = 0 }
         fi;
behind:  if
         :: d_step { i < N && !asks[i] -> i++ }; goto behind
         :: i == N || asks[i]
         fi;
last:    if
         :: i < N -> goto shutter
         :: d_step { i == N -> shut[_pid] = true; i = 0 }
         fi;
close:   if
         :: d_step { i < N && asks[i] -> shut[_pid] = false }; goto shutter
         :: d_step { i < N && !asks[i] -> i++ }; goto close
         :: d_step { i == N -> waits[_pid] = false; i = 0 }
         fi;
alone:   if
         :: d_step { i < N && !waits[i] -> i++ }; goto alone
         :: i == N
         fi;
shutter: if
         :: i == N -> goto follow
         :: d_step { i < N -> i = 0 }
         fi;
find:    if
         :: d_step { i < N && PASSES -> i++ }; goto find
         :: i == N || !PASSES
         fi;
follow:  if
         :: d_step { i != _pid && i < N -> shut[_pid] = true; waits[_pid] = false }; goto again
         :: i == _pid || i == N -> goto again
         fi;
queue:   if
         :: d_step { i < _pid && !waits[i] && !shut[i] -> i++ }; goto queue
         :: i == _pid
         fi;
cs:      shut[_pid] = false;
         goto ncs
}

#ifdef LIVE
ltl served { [] (P[0]@door -> <> P[0]@cs) }
#endif
