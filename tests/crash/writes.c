/* Writes down what a process does to the files of one folder, in order, before it does it.
 *
 * Preloaded (LD_PRELOAD) into a process of the power loss test. WATCHED is the folder, WRITES the log. A record of
 * the log is a line "operation offset length path\n" and, of a write, as many bytes as its length says. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define FDS 4096
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char *paths[FDS];
static int out = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *inside(const char *path) {
    const char *folder = getenv("WATCHED");
    if (!folder || !path) return NULL;
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static void put(const void *data, size_t size) {
    const char *rest = data;
    while (size) {
        ssize_t done = syscall(SYS_write, out, rest, size);
        if (done <= 0) _exit(97);
        rest += done;
        size -= done;
    }
}

static void note(const char *what, off_t offset, size_t length, const char *path, const void *data) {
    char head[4600];
    pthread_mutex_lock(&lock);
    if (out < 0) {
        out = syscall(SYS_openat, AT_FDCWD, getenv("WRITES"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (out < 0) _exit(98);
    }
    int size = snprintf(head, sizeof head, "%s %lld %zu %s\n", what, (long long)offset, length, path);
    put(head, size);
    if (data) put(data, length);
    pthread_mutex_unlock(&lock);
}

static const char *path_of(int fd) { return fd >= 0 && fd < FDS ? paths[fd] : NULL; }

static int opened(int fd, const char *path, int flags) {
    const char *name = inside(path);
    if (fd >= 0 && fd < FDS && name && (flags & (O_WRONLY | O_RDWR))) {
        paths[fd] = strdup(name);
        note(flags & O_TRUNC ? "truncate" : "open", 0, 0, name, NULL);
    }
    return fd;
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list given;                                                                                                 \
        va_start(given, flags);                                                                                        \
        mode_t mode = va_arg(given, mode_t);                                                                           \
        va_end(given);                                                                                                 \
        return opened(REAL(name)(path, flags, mode), path, flags);                                                     \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
    int name(int folder, const char *path, int flags, ...) {                                                           \
        va_list given;                                                                                                 \
        va_start(given, flags);                                                                                        \
        mode_t mode = va_arg(given, mode_t);                                                                           \
        va_end(given);                                                                                                 \
        return opened(REAL(name)(folder, path, flags, mode), path, flags);                                             \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    if (path_of(fd)) {
        free(paths[fd]);
        paths[fd] = NULL;
    }
    return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (path_of(fd)) {
        int flags = fcntl(fd, F_GETFL);
        off_t offset = lseek(fd, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
        note("write", offset, size, path_of(fd), data);
    }
    return REAL(write)(fd, data, size);
}

#define PWRITE(name, offset_type)                                                                                      \
    ssize_t name(int fd, const void *data, size_t size, offset_type offset) {                                          \
        if (path_of(fd)) note("write", offset, size, path_of(fd), data);                                               \
        return REAL(name)(fd, data, size, offset);                                                                     \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define FTRUNCATE(name, offset_type)                                                                                   \
    int name(int fd, offset_type size) {                                                                               \
        if (path_of(fd)) note("resize", size, 0, path_of(fd), NULL);                                                   \
        return REAL(name)(fd, size);                                                                                   \
    }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                                     \
    int name(int fd) {                                                                                                 \
        int done = REAL(name)(fd);                                                                                     \
        if (done == 0 && path_of(fd)) note("sync", 0, 0, path_of(fd), NULL);                                           \
        return done;                                                                                                   \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    if (inside(path)) note("unlink", 0, 0, inside(path), NULL);
    return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
    if (inside(from) && inside(to)) {
        char both[4200];
        snprintf(both, sizeof both, "%s\t%s", inside(from), inside(to));
        note("rename", 0, 0, both, NULL);
    }
    return REAL(rename)(from, to);
}
