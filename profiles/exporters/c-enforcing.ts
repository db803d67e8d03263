/** The part of the launcher in C that gives the ruleset to the kernel and becomes the command. */
export const enforcing = `/* include/uapi/linux/landlock.h; the numbers are the same on all architectures but alpha. */
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
	fprintf(stderr, " %s\\n", what);
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
			"what it does not know stays unrestricted\\n", PROFILE_ABI, abi);
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
		fprintf(stderr, LAUNCHER ": and %d more\\n", warnings - MOST_WARNINGS);
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
		fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\\n", words[0]);
		return USAGE;
	}
	if (strcmp(words[1], "--") == 0 && count > 2)
		words++;
	find_program(words[1], program);
	create_first();
	restrict_self();
	execv(program, words + 1);
	fprintf(stderr, LAUNCHER ": %s: %s%s\\n", program, strerror(errno),
		errno == EACCES ? ": the profile does not allow executing it, or what it is interpreted by" : "");
	return NOT_EXECUTABLE;
}
`;
