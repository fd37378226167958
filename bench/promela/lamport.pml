/* Lamport's mutual exclusion with logical clocks for three processes, the same
 * steps as testdata/bench/lamport.spec. A channel of at most three messages is
 * packed into one number, four bits a message, the oldest lowest: 1..7 is a
 * request with that clock, 8 an acknowledgement, 9 a release. */
#ifndef MAXCLOCK
#define MAXCLOCK 6
#endif
#define ACK 8
#define REL 9

byte clock[3] = 1;
byte req[9];      /* req[3*p+q]: the request of q as p knows it, 0 if none */
byte ack[3];      /* bit q: q has acknowledged */
short net[9];     /* net[3*p+q]: from p to q */
byte crit;

#define PUSH(c, m) net[c] = net[c] | ((m) << (net[c] == 0 -> 0 : (net[c] < 16 -> 4 : (net[c] < 256 -> 8 : 12))))
#define HEAD(c) (net[c] & 15)
#define POP(c) net[c] = net[c] >> 4
#define LATER(p, c) ((c) > clock[p] -> (c) + 1 : clock[p] + 1)
#define BEATS(p, q) (req[3*p+q] == 0 || req[3*p+p] < req[3*p+q] || (req[3*p+p] == req[3*p+q] && p < q))

#define OWN(p, q, r) \
  :: d_step { req[3*p+p] == 0 -> req[3*p+p] = clock[p]; ack[p] = (1 << p); \
              PUSH(3*p+q, clock[p]); PUSH(3*p+r, clock[p]) } \
  :: d_step { ack[p] == 7 && BEATS(p, q) && BEATS(p, r) -> crit = crit | (1 << p) } \
  :: d_step { (crit & (1 << p)) -> crit = crit & ~(1 << p); req[3*p+p] = 0; ack[p] = 0; \
              PUSH(3*p+q, REL); PUSH(3*p+r, REL) }

#define FROM(p, q) \
  :: d_step { HEAD(3*q+p) > 0 && HEAD(3*q+p) < ACK && LATER(p, HEAD(3*q+p)) <= MAXCLOCK -> \
              req[3*p+q] = HEAD(3*q+p); clock[p] = LATER(p, HEAD(3*q+p)); POP(3*q+p); PUSH(3*p+q, ACK) } \
  :: d_step { HEAD(3*q+p) == ACK -> ack[p] = ack[p] | (1 << q); POP(3*q+p) } \
  :: d_step { HEAD(3*q+p) == REL -> req[3*p+q] = 0; POP(3*q+p) }

active proctype Mutex() {
  do
  OWN(0, 1, 2) OWN(1, 0, 2) OWN(2, 0, 1)
  FROM(0, 1) FROM(0, 2) FROM(1, 0) FROM(1, 2) FROM(2, 0) FROM(2, 1)
  od
}
