/*
 * Runs a program and plays another user who owns a folder that the program works in: stops the program before one of
 * its calls that take a name, puts a symbolic link in the place of a file, and lets it go on.
 *
 *     racer CALL BACK FROM FOLDER PATTERN TARGET PROGRAM [ARGUMENT...]
 *
 * CALL     which call, from 1, counted while an entry of FOLDER matches PATTERN; 0 for none
 * BACK     before which call after that one the file is put back, so that whoever looks at the name then finds nothing;
 *          0 for none
 * FROM     calls are counted from the first one on whose name ends like this; empty for all
 * PATTERN  as of fnmatch(3); the first entry that matches is replaced
 * TARGET   where the link leads
 *
 * Exits as the program does. The last line on stderr is the number of calls that were counted and of swaps that were
 * made.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OTHER_USER = 65534 };

static const char *from, *folder, *pattern, *target;
static char name[PATH_MAX], aside[PATH_MAX], link_name[PATH_MAX];

/* Those that take a name, and fchmod and fchown to be sure that there is a stop around each of them. */
static int takes_name(long call)
{
    switch (call) {
    case SYS_openat:
    case SYS_openat2:
    case SYS_statx:
    case SYS_newfstatat:
    case SYS_readlinkat:
    case SYS_unlinkat:
    case SYS_mkdirat:
    case SYS_linkat:
    case SYS_symlinkat:
    case SYS_renameat2:
    case SYS_fchmodat:
    case SYS_fchownat:
    case SYS_faccessat:
    case SYS_truncate:
    case SYS_fchmod:
    case SYS_fchown:
#ifdef SYS_open
    case SYS_open:
    case SYS_creat:
    case SYS_stat:
    case SYS_lstat:
    case SYS_access:
    case SYS_readlink:
    case SYS_unlink:
    case SYS_mkdir:
    case SYS_link:
    case SYS_symlink:
    case SYS_rename:
    case SYS_chmod:
    case SYS_chown:
    case SYS_lchown:
#endif
#ifdef SYS_renameat
    case SYS_renameat:
#endif
        return 1;
    default:
        return 0;
    }
}

static int names_from(pid_t thread, unsigned long long address)
{
    char text[PATH_MAX] = "";
    struct iovec here = {text, sizeof text - 1}, there = {(void *)(uintptr_t)address, sizeof text - 1};
    if (address < PATH_MAX || process_vm_readv(thread, &here, 1, &there, 1, 0) <= 0)
        return 0;
    size_t length = strlen(text), wanted = strlen(from);
    return length >= wanted && strcmp(text + length - wanted, from) == 0;
}

/* Whether counting has begun: the name is the first argument or, after a folder, the second. */
static int begins(pid_t thread, const uint64_t *arguments)
{
    static int begun;
    return begun = begun || !*from || names_from(thread, arguments[0]) || names_from(thread, arguments[1]);
}

static int find(void)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int found = 0;
    while (entries && !found && (entry = readdir(entries)))
        if (fnmatch(pattern, entry->d_name, 0) == 0) {
            snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
            found = 1;
        }
    if (entries)
        closedir(entries);
    return found;
}

static int swap(void)
{
    return symlink(target, link_name) == 0 && rename(name, aside) == 0 && rename(link_name, name) == 0;
}

static int put_back(void)
{
    return rename(aside, name) == 0;
}

/* As the owner of the folder, who has no right that root has. */
static int as_other_user(int (*action)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(setgroups(0, NULL) == 0 && setresgid(OTHER_USER, OTHER_USER, OTHER_USER) == 0
                      && setresuid(OTHER_USER, OTHER_USER, OTHER_USER) == 0 && action()
                  ? 0
                  : 1);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(int count, char **arguments)
{
    if (count < 8)
        return 125;
    long wanted = atol(arguments[1]), back = atol(arguments[2]), calls = 0, later = 0, swaps = 0;
    int status, result = 127;
    from = arguments[3];
    folder = arguments[4];
    pattern = arguments[5];
    target = arguments[6];
    snprintf(aside, sizeof aside, "%s/aside", folder);
    snprintf(link_name, sizeof link_name, "%s/link", folder);

    pid_t program = fork(), thread;
    if (program == 0) {
        raise(SIGSTOP);
        execvp(arguments[7], arguments + 7);
        _exit(127);
    }
    waitpid(program, &status, WUNTRACED);
    if (ptrace(PTRACE_SEIZE, program, 0,
               PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
                   | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)
        != 0)
        return 126;
    kill(program, SIGCONT);

    while ((thread = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
        if (thread < 0)
            continue;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread == program)
                result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            continue;
        }
        int signal = WSTOPSIG(status), event = status >> 16;
        if (signal == (SIGTRAP | 0x80)) {
            struct __ptrace_syscall_info info;
            signal = 0;
            if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0) {
                if (info.op == PTRACE_SYSCALL_INFO_ENTRY && takes_name(info.entry.nr)) {
                    if (swaps == 0 && begins(thread, info.entry.args) && find() && ++calls == wanted)
                        swaps += as_other_user(swap);
                    else if (swaps == 1 && ++later == back)
                        as_other_user(put_back);
                }
            }
        } else if (event != 0) {
            /* A new thread or program, or the stop that it begins with. */
            signal = 0;
        }
        ptrace(PTRACE_SYSCALL, thread, 0, signal);
    }
    fprintf(stderr, "%ld calls, %ld swaps\n", calls, swaps);
    return result;
}
