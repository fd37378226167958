/* The election of a leader by filters, the same labels and steps as
 * testdata/bench/leader_filters.spec; BEEM's leader_filters.5 with N=5. */
#ifndef N
#define N 5
#endif

byte turn[N+1];
bool busy[N+1], held[N+1];

active [N] proctype P() {
  byte at;
  bool won;
come:  turn[at] = _pid;
       !busy[at];
       busy[at] = true;
       if
       :: turn[at] == _pid
       :: turn[at] != _pid -> goto hold
       fi;
       if
       :: at > 0 && !held[at-1] -> goto win
       :: d_step { at == 0 || held[at-1] -> at++ }; goto come
       fi;
hold:  held[at] = true;
       busy[at] = false;
       goto lost;
win:   won = true;
lost:  false
}

#ifdef LIVE
#define WON(i) P[i]:won
ltl elected { <> (WON(0) || WON(1) || WON(2)
#if N > 3
  || WON(3)
#endif
#if N > 4
  || WON(4)
#endif
  ) }
#endif
