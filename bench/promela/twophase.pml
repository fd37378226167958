/* Two-phase commit with N resource managers, the same steps as
 * testdata/bench/twophase.spec: one process, each step one d_step, so that the
 * states are exactly those of the variables. */
#ifndef N
#define N 7
#endif
#define ALL ((1 << N) - 1)
#define WORKING 0
#define PREPARED 1
#define ABORTED 2
#define COMMITTED 3

byte rm[N];
byte tm;          /* 0 undecided, 1 committed, 2 aborted */
short heard;      /* bit r: the manager has heard that r is prepared */
short told;       /* bit r: r has sent that it is prepared */
bit commit, abort;

#define STEPS(r) \
  :: d_step { rm[r] == WORKING -> rm[r] = PREPARED; told = told | (1 << r) } \
  :: d_step { rm[r] == WORKING -> rm[r] = ABORTED } \
  :: d_step { tm == 0 && (told & (1 << r)) -> heard = heard | (1 << r) } \
  :: d_step { commit -> rm[r] = COMMITTED } \
  :: d_step { abort -> rm[r] = ABORTED }

active proctype TwoPhase() {
  do
  :: d_step { tm == 0 && heard == ALL -> tm = 1; commit = 1 }
  :: d_step { tm == 0 -> tm = 2; abort = 1 }
  STEPS(0) STEPS(1) STEPS(2)
#if N > 3
  STEPS(3)
#endif
#if N > 4
  STEPS(4)
#endif
#if N > 5
  STEPS(5)
#endif
#if N > 6
  STEPS(6)
#endif
#if N > 7
  STEPS(7)
#endif
#if N > 8
  STEPS(8)
#endif
  od
}
