/** The part of the launcher in Go that is the same for every profile. */
export const goProgram = `func main() {
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
`;
