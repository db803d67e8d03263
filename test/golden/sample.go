// sample: runs a command restricted by Landlock.
// Usage: LAUNCHER COMMAND [ARGUMENT...]
// Learned from: sh -c cat "$1"
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// What the profile restricts: execute, write_file, read_file, read_dir, remove_dir, remove_file, make_char, make_dir, make_reg, make_sock, make_fifo, make_block, make_sym, refer, truncate, ioctl_dev, bind_tcp, connect_tcp, abstract_unix_socket.
const (
	handledFS  landlock.AccessFSSet  = 0xffff
	handledNet landlock.AccessNetSet = 0x3
	scoped     landlock.ScopedSet    = 0x1
	// What a rule may carry on what is no directory.
	fileAccess landlock.AccessFSSet = 0x1c007
	bindTCP                         = 0x1
	connectTCP                      = 0x2
)

type creation struct {
	path      string
	directory bool
	mode      uint32
}

// What is made first, where it is missing, so that a rule can lie on it.
var creations = []creation{
	{"/home/alice/.cache/app", true, 0o700},
}

type pathRule struct {
	path   string
	access landlock.AccessFSSet
}

var paths = []pathRule{
	// git (rename); 100+ times, on one path beneath
	// here, since what was used below is made, removed or replaced by the program
	// careful: this is a home directory
	// remove_file, make_reg
	{"/home/alice", 0x120},
	// <U+001B>[2Jcat (openat); 10+ times, on one path beneath
	// also for the next run, which finds the disk as this one left it
	// write_file, read_file, truncate
	{"/srv/a \x22quoted\x22, $odd: name\x0a\x1b[31m", 0x4006},
	// cat (openat); a few times
	// read_file
	{"/srv/not-utf8-\xff", 0x4},
	// sh (execve); once
	// execute, read_file
	{"/usr/bin/cat", 0x5},
}

type portRule struct {
	port   uint16
	access uint64
}

var ports = []portRule{
	{443, 0x2},
}

func main() {
	words := os.Args[1:]
	if len(words) > 1 && words[0] == "--" {
		words = words[1:]
	}
	if len(words) == 0 {
		fmt.Fprintln(os.Stderr, "usage: LAUNCHER COMMAND [ARGUMENT...]")
		os.Exit(3)
	}
	program, err := exec.LookPath(words[0])
	if err != nil {
		refuse(127, err)
	}
	// In best effort the library would run the command unrestricted.
	if version, err := ll.LandlockGetABIVersion(); err != nil || version < 1 {
		refuse(2, errors.New("Landlock is not to be had on this kernel"))
	}
	for _, each := range creations {
		if err := each.make(); err != nil {
			refuse(2, err)
		}
	}
	if err := configuration().BestEffort().Restrict(rules()...); err != nil {
		refuse(2, err)
	}
	refuse(126, syscall.Exec(program, words, os.Environ()))
}

func refuse(status int, err error) {
	fmt.Fprintln(os.Stderr, "launcher: nothing was run:", plain(err))
	os.Exit(status)
}

// A name may hold what acts on a terminal.
func plain(err error) string {
	return strings.Map(func(letter rune) rune {
		if letter < 0x20 || letter == 0x7f {
			return '?'
		}
		return letter
	}, err.Error())
}

// The library takes no empty sets.
func configuration() landlock.Config {
	var sets []any
	if handledFS != 0 {
		sets = append(sets, handledFS)
	}
	if handledNet != 0 {
		sets = append(sets, handledNet)
	}
	if scoped != 0 {
		sets = append(sets, scoped)
	}
	return landlock.MustConfig(sets...)
}

func rules() []landlock.Rule {
	var rules []landlock.Rule
	for _, each := range paths {
		access := each.access
		found, err := os.Stat(each.path)
		if err != nil {
			fmt.Fprintln(os.Stderr, "launcher: its rule is left out:", plain(err))
			continue
		}
		if !found.IsDir() {
			access &= fileAccess
		}
		if access != 0 {
			rules = append(rules, landlock.PathAccess(access, each.path))
		}
	}
	for _, each := range ports {
		if each.access&bindTCP != 0 {
			rules = append(rules, landlock.BindTCP(each.port))
		}
		if each.access&connectTCP != 0 {
			rules = append(rules, landlock.ConnectTCP(each.port))
		}
	}
	return rules
}

// A symlink is never followed, and what is there is left as it is.
func (each creation) make() error {
	found, err := os.Lstat(each.path)
	if err == nil {
		if each.directory && !found.IsDir() || !each.directory && !found.Mode().IsRegular() {
			return fmt.Errorf("something else stands where the profile wants to make %s", each.path)
		}
		return nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if each.directory {
		return syscall.Mkdir(each.path, each.mode)
	}
	flags := syscall.O_WRONLY | syscall.O_CREAT | syscall.O_EXCL | syscall.O_NOFOLLOW | syscall.O_CLOEXEC
	file, err := syscall.Open(each.path, flags, each.mode)
	if err != nil {
		return err
	}
	return syscall.Close(file)
}

--- losses

--- notes
go-landlock 0.9.0 or later is needed for ABI 9, 0.6.0 for scopes
where the kernel has ABI 1 and a rule grants refer, go-landlock restricts nothing of files
