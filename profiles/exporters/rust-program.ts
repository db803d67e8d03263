/** The part of the launcher in Rust that is the same for every profile. */
export const rustProgram = `fn main() {
    let mut words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.len() > 1 && words[0] == "--" {
        words.remove(0);
    }
    if words.is_empty() {
        eprintln!("usage: LAUNCHER COMMAND [ARGUMENT...]");
        exit(3);
    }
    for (path, directory, mode) in CREATIONS {
        if let Err(error) = create(Path::new(OsStr::from_bytes(path)), *directory, *mode) {
            refuse(2, error);
        }
    }
    if let Err(error) = restrict_self() {
        refuse(2, error);
    }
    let error = Command::new(&words[0]).args(&words[1..]).exec();
    let status = if error.kind() == ErrorKind::NotFound { 127 } else { 126 };
    refuse(status, error.into());
}

fn refuse(status: i32, error: Box<dyn Error>) -> ! {
    eprintln!("launcher: nothing was run: {}", plain(error));
    exit(status);
}

/// A name may hold what acts on a terminal.
fn plain(error: impl std::fmt::Display) -> String {
    error.to_string().replace(char::is_control, "?")
}

fn restrict_self() -> Result<(), Box<dyn Error>> {
    let mut ruleset = ruleset()?.create()?;
    for (path, access) in path_rules() {
        match PathFd::new(OsStr::from_bytes(path)) {
            Ok(object) => ruleset = ruleset.add_rule(PathBeneath::new(object, access))?,
            Err(error) => eprintln!("launcher: a rule is left out: {}", plain(error)),
        }
    }
    for (port, access) in port_rules() {
        ruleset = ruleset.add_rule(NetPort::new(port, access))?;
    }
    if ruleset.restrict_self()?.ruleset == RulesetStatus::NotEnforced {
        return Err("Landlock is not to be had on this kernel".into());
    }
    Ok(())
}

/// A symlink is never followed, and what is there is left as it is.
fn create(path: &Path, directory: bool, mode: u32) -> Result<(), Box<dyn Error>> {
    match path.symlink_metadata() {
        Ok(found) if directory && !found.is_dir() || !directory && !found.is_file() => {
            Err(format!("something else stands where the profile wants to make {path:?}").into())
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        Err(_) if directory => Ok(DirBuilder::new().mode(mode).create(path)?),
        Err(_) => {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).mode(mode).open(path)?;
            Ok(())
        }
    }
}
`;
