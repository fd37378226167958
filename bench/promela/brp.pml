/* The bounded retransmission protocol, the same steps as testdata/bench/brp.spec;
 * with FRAMES=10, RETRIES=10 and WRONG it is BEEM's brp.3. A frame is one byte:
 * 4 the first, 2 the last, 1 the alternating bit. */
#ifndef FRAMES
#define FRAMES 10
#endif
#ifndef RETRIES
#define RETRIES 10
#endif
#define SENT 1
#define FAILED 2
#define UNSURE 3
#define LAST 1
#define BROKEN 2
#define FIRST 4
#define MIDDLE 5
#define FRAME (bit_ + (at == length -> 2 : 0) + (at == 1 -> 4 : 0))
#define PART (frame & 2 -> LAST : (frame & 4 -> FIRST : MIDDLE))

byte size;
chan offer = [0] of { byte };
chan report = [0] of { byte };
chan toK = [0] of { byte };
chan fromK = [0] of { byte };
chan toL = [0] of { bit };
chan fromL = [0] of { bit };
chan lost = [0] of { bit };
chan hand = [0] of { byte };
chan forget = [0] of { bit };
chan conclude = [0] of { bit };

active proctype Producer() {
  byte outcome;
ready: if
#define CHOOSE(n) :: size = n
       CHOOSE(1) CHOOSE(2)
#if FRAMES > 2
       CHOOSE(3) CHOOSE(4) CHOOSE(5)
#endif
#if FRAMES > 5
       CHOOSE(6) CHOOSE(7) CHOOSE(8) CHOOSE(9) CHOOSE(10)
#endif
       fi;
start: offer ! size;
       report ? outcome;
       if
       :: outcome != SENT -> goto start
       :: atomic { outcome == SENT -> conclude ! 0 }; goto ready
       fi
}

active proctype Consumer() {
  byte part, count;
ready: atomic { hand ? part; count++ };
       if
       :: part == FIRST || part == MIDDLE -> goto ready
       :: d_step { part == BROKEN -> count = 0 }; goto ready
       :: part == LAST
       fi;
       if
       :: atomic {
            count == size -> conclude ? 0;
#ifndef WRONG
            count = 0
#endif
          }; goto ready
       :: count != size
       fi;
       false
}

active proctype Sender() {
  byte length, at, retries;
  bit bit_;
idle:  atomic { offer ? length; at = 1 };
load:  retries = 0;
send:  toK ! FRAME;
       if
       :: atomic { fromL ? 0; bit_ = 1 - bit_ }
       :: atomic { retries < RETRIES -> lost ? 0; retries++ }; goto send
       :: atomic { retries == RETRIES -> lost ? 0 }; goto late
       fi;
       if
       :: d_step { at < length -> at++ }; goto load
       :: atomic { at == length -> report ! SENT }; goto close
       fi;
late:  report ! (at < length -> FAILED : UNSURE);
close: forget ! 0;
       goto idle
}

active proctype Receiver() {
  byte frame;
  bit expected;
new:   if
       :: fromK ? frame
       :: forget ? 0; goto new
       fi;
       expected = frame & 1;
got:   if
       :: atomic { (frame & 1) == expected -> hand ! PART }
       :: atomic { (frame & 1) != expected -> toL ! 0 }; goto wait
       fi;
       atomic { toL ! 0; expected = 1 - expected };
wait:  if
       :: fromK ? frame; goto got
       :: frame & 2
       :: hand ! BROKEN
       fi;
       forget ? 0;
       goto new
}

active proctype K() {
  byte frame;
  do
  :: toK ? frame;
     if
     :: lost ! 0
     :: fromK ! frame
     fi
  od
}

active proctype L() {
  do
  :: toL ? 0;
     if
     :: lost ! 0
     :: fromL ! 0
     fi
  od
}
