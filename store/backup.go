package store

func listBackups(dir string) []string                 { return nil }
func (s *Store) keepBeforeMigration(format int) error { return nil }
