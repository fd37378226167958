/* The bakery algorithm with unreliable registers, after the PlusCal version of
 * Lamport's 1974 paper; the same labels and steps as testdata/bench/bakery.spec.
 * Tickets are 0..M. */
#ifndef N
#define N 2
#endif
#ifndef M
#define M 2
#endif
#define ALL ((1 << N) - 1)

byte num[N];
bit flag[N];

proctype P(byte self) {
  byte unchecked, max, nxt;
ncs: skip;
e1:  if
     :: flag[self] = 1 - flag[self]; goto e1
     :: d_step { flag[self] = 1; unchecked = ALL & ~(1 << self); max = 0 }
     fi;
e2:  if
#define LOOK(i) :: d_step { (unchecked & (1 << i)) -> unchecked = unchecked & ~(1 << i); \
                            if :: num[i] > max -> max = num[i] :: else fi }; goto e2
     LOOK(0) LOOK(1)
#if N > 2
     LOOK(2)
#endif
     :: unchecked == 0
     fi;
e3:  if
#define ANY(k) :: num[self] = k; goto e3
#define MORE(k) :: d_step { k > max -> num[self] = k }
     ANY(0) ANY(1) ANY(2) MORE(1) MORE(2)
#if M > 2
     ANY(3) MORE(3)
#endif
#if M > 3
     ANY(4) MORE(4)
#endif
     fi;
e4:  if
     :: flag[self] = 1 - flag[self]; goto e4
     :: d_step { flag[self] = 0; unchecked = ALL & ~(1 << self) }
     fi;
w1:  if
     :: unchecked == 0 -> goto cs
#define WAIT(i) :: d_step { (unchecked & (1 << i)) && !flag[i] -> nxt = i }
     WAIT(0) WAIT(1)
#if N > 2
     WAIT(2)
#endif
     fi;
w2:  d_step {
       (num[nxt] == 0 || num[self] < num[nxt] || (num[self] == num[nxt] && self < nxt)) ->
       unchecked = unchecked & ~(1 << nxt)
     };
     goto w1;
cs:  skip;
exit: if
#define AWAY(k) :: num[self] = k; goto exit
     AWAY(0) AWAY(1) AWAY(2)
#if M > 2
     AWAY(3)
#endif
#if M > 3
     AWAY(4)
#endif
     :: num[self] = 0; goto ncs
     fi
}

init {
  atomic {
    run P(0); run P(1)
#if N > 2
    ; run P(2)
#endif
  }
}
