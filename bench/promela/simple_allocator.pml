/* An allocator for C clients and R resources, the same steps as
 * testdata/bench/simple_allocator.spec. A set of resources is a bit each. A step
 * looks first whether there is a set to choose: that is a little faster. */
#ifndef C
#define C 3
#endif
#ifndef R
#define R 5
#endif

byte wanted[C], held[C];

#if C > 2
#define TAKEN (held[0] | held[1] | held[2])
#else
#define TAKEN (held[0] | held[1])
#endif
#define FREE(c) (wanted[c] & ~TAKEN)

#define REQUEST(c, s) :: wanted[c] = s
#define GRANT(c, s)   :: d_step { (s & FREE(c)) == s -> wanted[c] = wanted[c] & ~s; held[c] = held[c] | s }
#define RETURN(c, s)  :: d_step { (s & held[c]) == s -> held[c] = held[c] & ~s }

#define FOUR(A, c, s) A(c, s) A(c, (s+1)) A(c, (s+2)) A(c, (s+3))
#if R > 3
#define ALL(A, c) A(c, 1) A(c, 2) A(c, 3) FOUR(A, c, 4) FOUR(A, c, 8) FOUR(A, c, 12) \
                  FOUR(A, c, 16) FOUR(A, c, 20) FOUR(A, c, 24) FOUR(A, c, 28)
#else
#define ALL(A, c) A(c, 1) A(c, 2) A(c, 3) FOUR(A, c, 4)
#endif

#define CLIENT(c) \
  :: atomic { (wanted[c] | held[c]) == 0 -> if ALL(REQUEST, c) fi } \
  :: atomic { FREE(c) != 0 -> if ALL(GRANT, c) fi } \
  :: atomic { held[c] != 0 -> if ALL(RETURN, c) fi }

active proctype Allocator() {
  do
  CLIENT(0)
  CLIENT(1)
#if C > 2
  CLIENT(2)
#endif
  od
}
