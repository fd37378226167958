package simulate

import "math"

// Interval returns an interval that holds the probability of an event with
// the given confidence (0.99 for 99 %), after hits of n independent runs
// showed it: that of Clopper and Pearson, "The use of confidence or fiducial
// limits illustrated in the case of the binomial", Biometrika 26 (1934), which
// is exact: it errs in at most 1 - confidence of all cases, whatever the
// probability is.
//
// The error is shared by both ends also where there are no hits, or n: without
// hits the upper end is 1 - ((1 - confidence)/2)^(1/n), about 5.3 / n at 99 %.
// Spending all of it on the one end that says something would let intervals
// err more often for probabilities near 0 and 1.
func Interval(hits, n int, confidence float64) (low, high float64) {
	miss := (1 - confidence) / 2
	switch {
	case n <= 0:
		return 0, 1
	case hits <= 0:
		return 0, -math.Expm1(math.Log(miss) / float64(n))
	case hits >= n:
		return math.Exp(math.Log(miss) / float64(n)), 1
	}
	k, m := float64(hits), float64(n)
	// P(X >= k) = miss at the lower end, P(X <= k) = miss at the upper.
	low = solve(func(p float64) float64 { return beta(p, k, m-k+1) }, miss)
	high = solve(func(p float64) float64 { return beta(p, k+1, m-k) }, 1-miss)
	return low, high
}

// solve returns where a growing function on 0..1 has a value.
func solve(f func(float64) float64, value float64) float64 {
	lo, hi := 0.0, 1.0
	for range 200 {
		mid := (lo + hi) / 2
		if mid == lo || mid == hi {
			break
		}
		if f(mid) < value {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// beta is the regularised incomplete beta function: the probability that of
// a+b-1 independent trials, which succeed with probability x, at least a do.
// By its continued fraction, 8.17.22 of the NIST Digital Library of
// Mathematical Functions.
func beta(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - beta(1-x, b, a)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a * fraction(x, a, b)
}

// fraction evaluates the continued fraction by the method of Lentz (Applied
// Optics 15, 1976).
func fraction(x, a, b float64) float64 {
	const tiny = 1e-300
	bump := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	d := 1 / bump(1-(a+b)*x/(a+1))
	c, h := 1.0, d
	for i := 1; i < 10_000; i++ {
		m := float64(i)
		h *= advance(&c, &d, m*(b-m)*x/((a+2*m-1)*(a+2*m)), bump)
		last := advance(&c, &d, -(a+m)*(a+b+m)*x/((a+2*m)*(a+2*m+1)), bump)
		h *= last
		if math.Abs(last-1) < 1e-15 {
			break
		}
	}
	return h
}

// advance takes one step of the method and returns the factor.
func advance(c, d *float64, term float64, bump func(float64) float64) float64 {
	*d = 1 / bump(1+term**d)
	*c = bump(1 + term / *c)
	return *c * *d
}
