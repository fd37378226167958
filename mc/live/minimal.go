package live

func (x *product) shortest(best lasso, least int) (lasso, bool) { return best, true }
