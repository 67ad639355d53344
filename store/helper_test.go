package store

func runHelper(name string) int { return 1 }
