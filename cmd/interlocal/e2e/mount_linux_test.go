package e2e

import "syscall"

// mountSmall makes a folder a disk with little room.
func mountSmall(dir string) error { return syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m") }

func unmount(dir string) { syscall.Unmount(dir, 0) }
