"""Many runs of one section: a grid of parameters and cohorts, executed in parallel, resumed, collected."""
