// What sending a fan-out's datagrams costs on this machine with nothing else in the loop: no SFU, no encryption.
// README.md beside this file says what the figures mean; `ceiling --help` lists the options.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MaxDestinations = 60000, MaxBytes = 1400, MaxBatch = 1024,
    MaxSegments = 64, // The kernel's own limit is 64 in old versions, 128 in new ones.
    MaxMessage = 65000, MaxForms = 10, MaxRuns = 31, MaxReceivers = 16,
    ReceiveBatch = 256, SocketBuffer = 128 << 20,
    PassNanoseconds = 20 * 1000 * 1000, // 50 packets a second for each destination, as Opus has them.
};

typedef struct {
    enum { Single, Gso, Sendto } kind;
    int segments;
} Form;

typedef struct {
    long packets, lost;
    double seconds, senderCpu, receiverCpu;
} Result;

static struct {
    int destinations, bytes, batch, passes, runs, receivers;
    double pacedSeconds;
    bool pinned, gro;
} options = {.destinations = 5000, .bytes = 148, .batch = 256, .passes = 60, .runs = 5, .receivers = 4};

static int sendSocket, receiveSockets[MaxReceivers];
static struct sockaddr_in addresses[MaxDestinations];
static atomic_bool receiving;
static atomic_long received;
static double receiverCpu; // Written by the receiver before it ends, read after pthread_join.

static void check(bool succeeded, const char *what)
{
    if (succeeded)
        return;
    fprintf(stderr, "ceiling: %s: %s\n", what, errno ? strerror(errno) : "too much");
    exit(1);
}

static double threadCpu(void)
{
    struct rusage u;
    getrusage(RUSAGE_THREAD, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1e-6;
}

static void pin(int core)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    check(!options.pinned || pthread_setaffinity_np(pthread_self(), sizeof set, &set) == 0, "affinity");
}

// As the load tool receives: many clients on a few sockets, told apart by the destination address, with kernel time stamps,
// and asleep between rounds so that the sender wakes nobody.
static void *receive(void *unused)
{
    (void)unused;
    static char bytes[ReceiveBatch][MaxMessage], control[ReceiveBatch][128];
    static struct iovec vectors[ReceiveBatch];
    static struct mmsghdr messages[ReceiveBatch];
    static struct sockaddr_in sources[ReceiveBatch];
    pin(1);
    while (atomic_load(&receiving)) {
        for (int s = 0; s < options.receivers; s++) {
            int count;
            do {
                for (int i = 0; i < ReceiveBatch; i++) {
                    vectors[i] = (struct iovec){bytes[i], options.gro ? MaxMessage : MaxBytes};
                    messages[i].msg_hdr = (struct msghdr){.msg_name = &sources[i], .msg_namelen = sizeof sources[i],
                        .msg_iov = &vectors[i], .msg_iovlen = 1, .msg_control = control[i], .msg_controllen = sizeof control[i]};
                }
                count = recvmmsg(receiveSockets[s], messages, ReceiveBatch, MSG_DONTWAIT, NULL);
                long packets = 0;
                for (int i = 0; i < count; i++) // All datagrams have one length, so a message says how many it holds.
                    packets += messages[i].msg_len / (unsigned)options.bytes;
                atomic_fetch_add(&received, packets);
            } while (count == ReceiveBatch);
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
    }
    receiverCpu = threadCpu();
    return NULL;
}

// One pass: one message of `segments` datagrams to each destination.
static void sendPass(Form form, unsigned pass)
{
    static char bytes[MaxBatch * MaxBytes + MaxMessage];
    static char control[MaxBatch][CMSG_SPACE(sizeof(uint16_t))] __attribute__((aligned(8)));
    static struct iovec vectors[MaxBatch];
    static struct mmsghdr messages[MaxBatch];
    int length = form.segments * options.bytes, batch = options.batch;
    if (batch > (int)sizeof bytes / length)
        batch = (int)sizeof bytes / length;

    for (int first = 0; first < options.destinations; first += batch) {
        int count = options.destinations - first < batch ? options.destinations - first : batch;
        for (int i = 0; i < count; i++) {
            char *message = bytes + (size_t)i * (size_t)length;
            for (int s = 0; s < form.segments; s++) // No two datagrams are equal.
                memcpy(message + s * options.bytes, (unsigned[]){pass, (unsigned)(first + i), (unsigned)s}, 3 * sizeof(unsigned));
            if (form.kind == Sendto) {
                check(sendto(sendSocket, message, (size_t)length, 0, (struct sockaddr *)&addresses[first + i], sizeof addresses[0]) == length, "sendto");
                continue;
            }

            vectors[i] = (struct iovec){message, (size_t)length};
            messages[i].msg_hdr = (struct msghdr){.msg_name = &addresses[first + i], .msg_namelen = sizeof addresses[0],
                .msg_iov = &vectors[i], .msg_iovlen = 1};
            if (form.kind == Gso) {
                struct cmsghdr *header = (struct cmsghdr *)control[i];
                *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(uint16_t)), .cmsg_level = SOL_UDP, .cmsg_type = UDP_SEGMENT};
                memcpy(CMSG_DATA(header), &(uint16_t){(uint16_t)options.bytes}, sizeof(uint16_t));
                messages[i].msg_hdr.msg_control = control[i];
                messages[i].msg_hdr.msg_controllen = sizeof control[i];
            }
        }
        for (int sent = 0; form.kind != Sendto && sent < count;) {
            int taken = sendmmsg(sendSocket, messages + sent, (unsigned)(count - sent), 0);
            check(taken > 0, "sendmmsg");
            sent += taken;
        }
    }
}

static void waitUntilDrained(long expected)
{
    long before = -1;
    for (int quiet = 0; quiet < 10 && atomic_load(&received) < expected;) {
        usleep(10 * 1000);
        long latest = atomic_load(&received);
        quiet = latest == before ? quiet + 1 : 0;
        before = latest;
    }
}

static Result run(Form form)
{
    // Every form sends the same bytes: a pass with more segments is a rarer pass, unless passes are bound to the clock.
    int passes = options.pacedSeconds > 0
        ? (int)(options.pacedSeconds * 1e9 / PassNanoseconds) : (options.passes + form.segments - 1) / form.segments;
    Result result = {.packets = (long)passes * form.segments * options.destinations};
    atomic_store(&receiving, true);
    atomic_store(&received, 0);
    pthread_t receiver;
    check(pthread_create(&receiver, NULL, receive, NULL) == 0, "thread");

    struct timespec start, due, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    due = start;
    double cpu = threadCpu();
    for (int pass = 0; pass < passes; pass++) {
        sendPass(form, (unsigned)pass);
        if (options.pacedSeconds == 0)
            continue;
        due.tv_nsec += PassNanoseconds; // A late pass is followed at once: the average rate is kept while it can be.
        due.tv_sec += due.tv_nsec / 1000000000;
        due.tv_nsec %= 1000000000;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
    result.senderCpu = threadCpu() - cpu;
    clock_gettime(CLOCK_MONOTONIC, &end);
    result.seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;

    waitUntilDrained(result.packets);
    result.lost = result.packets - atomic_load(&received);
    atomic_store(&receiving, false);
    pthread_join(receiver, NULL);
    result.receiverCpu = receiverCpu;
    return result;
}

static void openSockets(void)
{
    for (int s = 0; s < options.receivers; s++) {
        int fd = receiveSockets[s] = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1, size = SocketBuffer;
        struct sockaddr_in any = {.sin_family = AF_INET};
        check(fd >= 0 && bind(fd, (struct sockaddr *)&any, sizeof any) == 0, "receiving socket");
        check(setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) == 0, "IP_PKTINFO");
        check(setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) == 0, "SO_TIMESTAMPNS");
        check(!options.gro || setsockopt(fd, SOL_UDP, UDP_GRO, &on, sizeof on) == 0, "UDP_GRO");
        if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0) // Needs CAP_NET_ADMIN.
            check(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) == 0, "SO_RCVBUF");
        socklen_t length = sizeof any;
        check(getsockname(fd, (struct sockaddr *)&any, &length) == 0, "getsockname");
        for (int i = s; i < options.destinations; i += options.receivers) // 127.1.0.1 and up
            addresses[i] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = any.sin_port, .sin_addr.s_addr = htonl(0x7F010001u + (unsigned)i)};
    }
    struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    sendSocket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    check(sendSocket >= 0 && bind(sendSocket, (struct sockaddr *)&source, sizeof source) == 0, "sending socket");
}

static int byCpu(const void *a, const void *b)
{
    double x = ((const Result *)a)->senderCpu, y = ((const Result *)b)->senderCpu;
    return (x > y) - (x < y);
}

// The median run by the sender's CPU; what was lost is added up over all runs, so that no median hides it.
static void print(Form form, Result *results)
{
    long lost = 0;
    for (int r = 0; r < options.runs; r++)
        lost += results[r].lost;
    qsort(results, (size_t)options.runs, sizeof *results, byCpu);
    Result median = results[options.runs / 2];
    double micros = 1e6 / (double)median.packets;
    printf("{\"segments\":%d,\"packets\":%ld,\"seconds\":%.4f,\"senderCpuSeconds\":%.4f,\"cpuMicrosecondsPerPacket\":%.4f,"
        "\"minCpuMicrosecondsPerPacket\":%.4f,\"receiverCpuMicrosecondsPerPacket\":%.4f,\"lost\":%ld}",
        form.segments, median.packets, median.seconds, median.senderCpu, median.senderCpu * micros,
        results[0].senderCpu * micros, median.receiverCpu * micros, lost);
}

static int number(const char *name, const char *text, int low, int high)
{
    char *end = "?";
    long value = text ? strtol(text, &end, 10) : 0;
    if (*end || value < low || value > high) {
        fprintf(stderr, "ceiling: %s takes %d..%d\n", name, low, high);
        exit(2);
    }
    return (int)value;
}

static int parse(int argc, char **argv, Form *forms)
{
    int count = 2, given = 0;
    forms[0] = (Form){Single, 1};
    forms[1] = (Form){Sendto, 1};
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(name, "--pinned") == 0 && (options.pinned = true))
            continue;
        if (strcmp(name, "--gro") == 0 && (options.gro = true))
            continue;
        if (strcmp(name, "--destinations") == 0) options.destinations = number(name, value, 1, MaxDestinations);
        else if (strcmp(name, "--bytes") == 0) options.bytes = number(name, value, 12, MaxBytes);
        else if (strcmp(name, "--batch") == 0) options.batch = number(name, value, 1, MaxBatch);
        else if (strcmp(name, "--passes") == 0) options.passes = number(name, value, 1, 10000);
        else if (strcmp(name, "--paced") == 0) options.pacedSeconds = number(name, value, 1, 600);
        else if (strcmp(name, "--runs") == 0) options.runs = number(name, value, 1, MaxRuns);
        else if (strcmp(name, "--receivers") == 0) options.receivers = number(name, value, 1, MaxReceivers);
        else if (strcmp(name, "--segments") == 0 && given++ < MaxForms - 2) forms[count++] = (Form){Gso, number(name, value, 1, MaxSegments)};
        else {
            fprintf(stderr, "usage: ceiling [--destinations N] [--bytes B] [--segments S]... [--batch MESSAGES] [--runs N] [--receivers SOCKETS]\n"
                "               [--passes N | --paced SECONDS] [--pinned] [--gro]\n");
            exit(2);
        }
        i++;
    }
    for (int i = 0; given == 0 && i < 2; i++)
        forms[count++] = (Form){Gso, i == 0 ? 3 : 10};
    errno = 0;
    for (int f = 0; f < count; f++)
        check(forms[f].segments * options.bytes <= MaxMessage, "segments times bytes");
    return count;
}

int main(int argc, char **argv)
{
    static Result results[MaxForms][MaxRuns];
    Form forms[MaxForms];
    int count = parse(argc, argv, forms);
    openSockets();
    pin(0);
    run(forms[0]); // Once unmeasured: pages, routes and caches.
    for (int r = 0; r < options.runs; r++) // Interleaved, so that what else the machine does meets all forms alike.
        for (int f = 0; f < count; f++)
            results[f][r] = run(forms[f]);

    printf("{\"destinations\":%d,\"bytes\":%d,\"batch\":%d,\"paced\":%s,\"pinned\":%s,\"received\":\"%s\",\"runs\":%d,\"single\":",
        options.destinations, options.bytes, options.batch, options.pacedSeconds > 0 ? "true" : "false", options.pinned ? "true" : "false",
        options.gro ? "coalesced" : "one by one", options.runs);
    print(forms[0], results[0]);
    printf(",\"sendto\":");
    print(forms[1], results[1]);
    printf(",\"gso\":[");
    for (int f = 2; f < count; f++) {
        print(forms[f], results[f]);
        printf("%s", f < count - 1 ? "," : "]}\n");
    }
    return 0;
}
