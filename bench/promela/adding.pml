/* Two processes that double a common sum, the same labels and steps as
 * testdata/bench/adding.spec; BEEM's adding.4 with MAX=400. */
#ifndef MAX
#define MAX 400
#endif

short sum = 1;

active [2] proctype P() {
  short copy;
  do
  :: d_step { sum < MAX -> copy = sum };
     copy = copy + sum;
     sum = copy
  od
}
