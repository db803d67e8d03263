/*
 * sample: runs a command restricted by Landlock.
 * usage: LAUNCHER COMMAND [ARGUMENT...]
 * learned from: sh -c cat "$1"
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PROFILE_ABI 7

#define HANDLED_FS UINT64_C(0xffff) /* execute, write_file, read_file, read_dir, remove_dir, remove_file, make_char, make_dir, make_reg, make_sock, make_fifo, make_block, make_sym, refer, truncate, ioctl_dev */

#define HANDLED_NET UINT64_C(0x3) /* bind_tcp, connect_tcp */

#define SCOPED UINT64_C(0x1) /* abstract_unix_socket */

/* What a rule may carry on what is no directory. */
#define FILE_ACCESS UINT64_C(0x1c007) /* execute, write_file, read_file, truncate, ioctl_dev, resolve_unix */

/* What each version of the kernel's ABI knows. */
static const struct {
	int abi;
	uint64_t fs, net, scoped;
} versions[] = {
	{ 1, UINT64_C(0x1fff), UINT64_C(0x0), UINT64_C(0x0) },
	{ 2, UINT64_C(0x3fff), UINT64_C(0x0), UINT64_C(0x0) },
	{ 3, UINT64_C(0x7fff), UINT64_C(0x0), UINT64_C(0x0) },
	{ 4, UINT64_C(0x7fff), UINT64_C(0x3), UINT64_C(0x0) },
	{ 5, UINT64_C(0xffff), UINT64_C(0x3), UINT64_C(0x0) },
	{ 6, UINT64_C(0xffff), UINT64_C(0x3), UINT64_C(0x3) },
	{ 9, UINT64_C(0x1ffff), UINT64_C(0x3), UINT64_C(0x3) },
	{ 10, UINT64_C(0x1ffff), UINT64_C(0xf), UINT64_C(0x3) },
};

/* What is made first, where it is missing, so that a rule can lie on it. */
static const struct {
	const char *path;
	int is_directory;
	mode_t mode;
} creations[] = {
	{ "/home/alice/.cache/app", 1, 0700 },
	{ NULL, 0, 0 },
};

static const struct {
	const char *path;
	uint64_t access;
} paths[] = {
	/* git (rename); 100+ times, on one path beneath */
	/* here, since what was used below is made, removed or replaced by the program */
	/* careful: this is a home directory */
	{ "/home/alice", UINT64_C(0x120) /* remove_file, make_reg */ },
	/* <U+001B>[2Jcat (openat); 10+ times, on one path beneath */
	/* also for the next run, which finds the disk as this one left it */
	{ "/srv/a \042quoted\042, $odd: name\012\033[31m", UINT64_C(0x4006) /* write_file, read_file, truncate */ },
	/* cat (openat); a few times */
	{ "/srv/not-utf8-\377", UINT64_C(0x4) /* read_file */ },
	/* sh (execve); once */
	{ "/usr/bin/cat", UINT64_C(0x5) /* execute, read_file */ },
	{ NULL, 0 },
};

static const struct {
	uint64_t port, access;
} ports[] = {
	{ 443, UINT64_C(0x2) /* connect_tcp */ },
	{ 0, 0 },
};

#define LAUNCHER "launcher"

/* As ll-learn run and shells have them. */
enum { FAILED = 2, USAGE = 3, NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

/* A name may hold what acts on a terminal. */
static void tell(const char *path)
{
	for (; *path != '\0'; path++)
		fputc((unsigned char)*path < 0x20 || *path == 0x7f ? '?' : *path, stderr);
}

static void refuse(const char *what, const char *path)
{
	fprintf(stderr, LAUNCHER ": nothing was run: %s%s", what, *path ? ": " : "");
	tell(path);
	fputc('\n', stderr);
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
	fputs(", as the profile says\n", stderr);
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
			fprintf(stderr, LAUNCHER ": command not found: %s\n", name);
			exit(NOT_FOUND);
		}
		strcpy(found, name);
		return;
	}
	if (directory == NULL)
		directory = "/usr/local/bin:/usr/bin:/bin";
	for (; *name != '\0'; directory = end + 1) {
		end = strchrnul(directory, ':');
		length = snprintf(found, PATH_MAX, "%.*s%s%s", (int)(end - directory), directory,
				  end == directory ? "./" : "/", name);
		if (length < PATH_MAX && is_program(found))
			return;
		if (*end == '\0')
			break;
	}
	fprintf(stderr, LAUNCHER ": command not found: %s\n", name);
	exit(NOT_FOUND);
}

/* include/uapi/linux/landlock.h; the numbers are the same on all architectures but alpha. */
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1, RULE_NET_PORT = 2 };

struct ruleset_attributes {
	uint64_t handled_fs, handled_net, scoped;
};

struct path_beneath_attributes {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

struct net_port_attributes {
	uint64_t allowed, port;
};

/* What the profile restricts and this kernel knows: of the rest nothing is said to it. */
static struct ruleset_attributes handled;

enum { MOST_WARNINGS = 3 };
static int warnings;

static void warn(const char *path, const char *what)
{
	if (++warnings > MOST_WARNINGS)
		return;
	fputs(LAUNCHER ": ", stderr);
	tell(path);
	fprintf(stderr, " %s\n", what);
}

static int new_ruleset(void)
{
	long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
	size_t at, newest = 0;
	long ruleset;

	if (abi < 1)
		refuse("Landlock is not to be had on this kernel", strerror(errno));
	for (at = 0; at < sizeof(versions) / sizeof(*versions); at++)
		if (versions[at].abi <= abi)
			newest = at;
	if (abi < PROFILE_ABI)
		fprintf(stderr,
			LAUNCHER ": the profile is for Landlock ABI %d, and this kernel has ABI %ld: "
			"what it does not know stays unrestricted\n", PROFILE_ABI, abi);
	handled.handled_fs = HANDLED_FS & versions[newest].fs;
	handled.handled_net = HANDLED_NET & versions[newest].net;
	handled.scoped = SCOPED & versions[newest].scoped;
	/* A kernel takes a structure that is longer than its own where the rest is zero. */
	ruleset = syscall(__NR_landlock_create_ruleset, &handled, sizeof(handled), 0);
	if (ruleset < 0)
		refuse("the kernel takes no such ruleset", strerror(errno));
	return (int)ruleset;
}

static void add_path(int ruleset, const char *path, uint64_t access)
{
	struct path_beneath_attributes rule = { .allowed = access & handled.handled_fs };
	struct stat found;

	if (rule.allowed == 0)
		return;
	rule.parent = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent < 0) {
		warn(path, errno == ENOENT || errno == ENOTDIR ?
			   "does not exist: its rule is left out" :
			   "cannot be reached: its rule is left out");
		return;
	}
	if (fstat(rule.parent, &found) == 0 && !S_ISDIR(found.st_mode) &&
	    (rule.allowed & ~FILE_ACCESS) != 0) {
		warn(path, "is no directory: the rights of directories are left out there");
		rule.allowed &= FILE_ACCESS;
	}
	/* EBADFD: it lies on a file system of the kernel's own, where nothing is ever asked. */
	if (rule.allowed != 0 &&
	    syscall(__NR_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0 &&
	    errno != EBADFD)
		refuse(strerror(errno), path);
	close(rule.parent);
}

static void add_port(int ruleset, uint64_t port, uint64_t access)
{
	struct net_port_attributes rule = { .allowed = access & handled.handled_net, .port = port };

	if (rule.allowed != 0 &&
	    syscall(__NR_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) != 0)
		refuse("the kernel takes no such rule on a port", strerror(errno));
}

static void restrict_self(void)
{
	int ruleset = new_ruleset();
	size_t at;

	for (at = 0; paths[at].path != NULL; at++)
		add_path(ruleset, paths[at].path, paths[at].access);
	for (at = 0; ports[at].access != 0; at++)
		add_port(ruleset, ports[at].port, ports[at].access);
	if (warnings > MOST_WARNINGS)
		fprintf(stderr, LAUNCHER ": and %d more\n", warnings - MOST_WARNINGS);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		refuse("no_new_privs could not be set", strerror(errno));
	if (syscall(__NR_landlock_restrict_self, ruleset, 0) != 0)
		refuse("the ruleset could not be enforced", strerror(errno));
	close(ruleset);
}

int main(int count, char **words)
{
	char program[PATH_MAX];

	if (count < 2) {
		fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\n", words[0]);
		return USAGE;
	}
	if (strcmp(words[1], "--") == 0 && count > 2)
		words++;
	find_program(words[1], program);
	create_first();
	restrict_self();
	execv(program, words + 1);
	fprintf(stderr, LAUNCHER ": %s: %s%s\n", program, strerror(errno),
		errno == EACCES ? ": the profile does not allow executing it, or what it is interpreted by" : "");
	return NOT_EXECUTABLE;
}

--- losses

--- notes
cc -O2 -Wall -o LAUNCHER FILE.c, also with -static; then LAUNCHER COMMAND [ARGUMENT...]
