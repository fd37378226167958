/* A lift, the same labels and steps as testdata/bench/elevator.spec; BEEM's
 * elevator2.3 with FLOORS=13. */
#ifndef FLOORS
#define FLOORS 13
#endif
#define DOWN 0
#define UP 1
#define INSIDE (target >= 0 && target < FLOORS)
#define STEP(way) (target + 2 * (way) - 1)

bool called[FLOORS];
short target;
byte cabin;
bool sent;

active proctype Cabin() {
idle: sent;
move: if
      :: d_step { cabin > target -> cabin-- }; goto move
      :: d_step { cabin < target -> cabin++ }; goto move
      :: cabin == target
      fi;
open: d_step { called[cabin] = false; sent = false };
      goto idle
}

active proctype People() {
  do
#define CALL(f) :: d_step { !called[f] -> called[f] = true }
  CALL(0) CALL(1) CALL(2) CALL(3)
#if FLOORS > 4
  CALL(4) CALL(5) CALL(6) CALL(7)
#endif
#if FLOORS > 8
  CALL(8) CALL(9) CALL(10)
#endif
#if FLOORS > 11
  CALL(11) CALL(12)
#endif
  od
}

active proctype Control() {
  bit way;
plan: if
      :: d_step { !sent -> target = STEP(way) }
      fi;
look: if
      :: d_step { !INSIDE -> way = 1 - way }; goto plan
      :: d_step { INSIDE && !called[target] -> target = STEP(way) }; goto look
      :: INSIDE && called[target]
      fi;
      sent = true;
      goto plan
}

#ifdef LIVE
ltl answered { [] (called[0] -> <> (Cabin@open && cabin == 0)) }
#endif
