/* Peterson's mutual exclusion for N processes in N-1 waiting rooms, the same
 * labels and steps as testdata/bench/peterson.spec; BEEM's peterson.4 with N=4. */
#ifndef N
#define N 4
#endif

byte room[N];
byte last[N];     /* last[0] is not used */

active [N] proctype P() {
  byte level, other;
ncs:   level = 1;
door:  if
       :: d_step { level < N -> room[_pid] = level }
       :: level == N -> goto cs
       fi;
enter: d_step { last[level] = _pid; other = 0 };
wait:  if
       :: d_step { other < N && (other == _pid || room[other] < level) -> other++ }; goto wait
       :: d_step { other == N || last[level] != _pid -> level++ }; goto door
       fi;
cs:    room[_pid] = 0;
       goto ncs
}

#ifdef LIVE
ltl served { [] (P[0]@door -> <> P[0]@cs) }
#endif
