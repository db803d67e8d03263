/** The part of the launcher in C that makes what is missing, and finds the program. */
export const finding = `#define LAUNCHER "launcher"

/* As ll-learn run and shells have them. */
enum { FAILED = 2, USAGE = 3, NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

/* A name may hold what acts on a terminal. */
static void tell(const char *path)
{
	for (; *path != '\\0'; path++)
		fputc((unsigned char)*path < 0x20 || *path == 0x7f ? '?' : *path, stderr);
}

static void refuse(const char *what, const char *path)
{
	fprintf(stderr, LAUNCHER ": nothing was run: %s%s", what, *path ? ": " : "");
	tell(path);
	fputc('\\n', stderr);
	exit(FAILED);
}

/* A symlink is never followed, and what is there is left as it is. */
static void create(const char *path, int is_directory, mode_t mode)
{
	struct stat found;
	int file;

	if (lstat(path, &found) == 0) {
		if (is_directory ? !S_ISDIR(found.st_mode) : !S_ISREG(found.st_mode))
			refuse("something else stands where the profile wants to make this", path);
		return;
	}
	if (errno != ENOENT)
		refuse(strerror(errno), path);
	if (is_directory) {
		if (mkdir(path, mode) != 0)
			refuse("this directory could not be made", path);
	} else {
		file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
		if (file < 0)
			refuse("this file could not be made", path);
		close(file);
	}
	fputs(LAUNCHER ": made ", stderr);
	tell(path);
	fputs(", as the profile says\\n", stderr);
}

static void create_first(void)
{
	size_t at;

	for (at = 0; creations[at].path != NULL; at++)
		create(creations[at].path, creations[at].is_directory, creations[at].mode);
}

static int is_program(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && !S_ISDIR(found.st_mode) && access(path, X_OK) == 0;
}

/* Where a shell would find it. Done first, since PATH may lead to what the profile denies. */
static void find_program(const char *name, char *found)
{
	const char *directory = getenv("PATH");
	const char *end;
	int length;

	if (strchr(name, '/') != NULL) {
		if (strlen(name) >= PATH_MAX || access(name, F_OK) != 0) {
			fprintf(stderr, LAUNCHER ": command not found: %s\\n", name);
			exit(NOT_FOUND);
		}
		strcpy(found, name);
		return;
	}
	if (directory == NULL)
		directory = "/usr/local/bin:/usr/bin:/bin";
	for (; *name != '\\0'; directory = end + 1) {
		end = strchrnul(directory, ':');
		length = snprintf(found, PATH_MAX, "%.*s%s%s", (int)(end - directory), directory,
				  end == directory ? "./" : "/", name);
		if (length < PATH_MAX && is_program(found))
			return;
		if (*end == '\\0')
			break;
	}
	fprintf(stderr, LAUNCHER ": command not found: %s\\n", name);
	exit(NOT_FOUND);
}
`;
