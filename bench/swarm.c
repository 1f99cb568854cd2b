/*
 * Many fans in one process: WebSocket clients on one epoll loop, cheap enough to leave a core to the server that is measured.
 * They count how often a text occurs in what they are sent, and how old the stamp behind it is.
 *
 *   swarm PORT FANS PATH KIND JOIN JOINED NEEDLE LAST IN_FLIGHT
 *
 * KIND is `sio` (Socket.IO 4: answers its opening and its pings) or `raw`. JOIN is the frame a fan sends once it is connected, JOINED how
 * the answer to it begins. NEEDLE is counted; sixteen digits right behind it are the moment of sending on the monotonic clock in
 * microseconds. LAST is the text whose coming says that a fan has everything.
 *
 * It obeys lines on standard input, and answers each with a line of JSON: `reset`, `count`, `join FRAME` (of those who connect from now
 * on), `again` (who is cut off comes back at once), `quit`. By itself it says `ready` whenever all have joined, and `cut` at the first
 * that was cut off in a while. Times are microseconds of the monotonic clock.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLOSED, CONNECTING, UPGRADING, OPENING, GREETING, JOINING, READY };
enum { CARRY = 64, PEEK = 8, BUCKETS = 2000000, BUCKET_US = 10, STAMP = 16, CHUNK = 262144, ADDRESSES = 8 };

struct fan {
  int fd, state, carried, head_bytes, peeked;
  uint8_t head[10];
  char peek[PEEK], carry[CARRY];
  uint64_t rest, hits;
  uint8_t opcode, seen_last;
};

static struct fan *fans;
static int count, port, in_flight_most, in_flight, ready, comes_back, is_sio, announced, cut_told, ep;
static int *waiting, waiting_first, waiting_count;
static const char *path, *joined, *needle, *last;
static char *join_frame;
static uint64_t started, hits, frames, bytes, first_hit, last_hit, failed, retry_at, buckets[BUCKETS];
static size_t needle_length, last_length, joined_length;

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void line_up(int index) {
  waiting[(waiting_first + waiting_count++) % count] = index;
}

static void send_text(struct fan *fan, const char *text) {
  size_t length = strlen(text), at = 0;
  char frame[4096];
  if (length > sizeof frame - 8) exit(3);
  frame[at++] = (char)0x81;
  if (length < 126) frame[at++] = (char)(0x80 | length);
  else {
    frame[at++] = (char)(0x80 | 126);
    frame[at++] = (char)(length >> 8);
    frame[at++] = (char)(length & 255);
  }
  /* A mask of zeros leaves the text as it is. */
  memset(frame + at, 0, 4);
  at += 4;
  memcpy(frame + at, text, length);
  if (write(fan->fd, frame, at + length) < 0) failed++;
}

static void drop(struct fan *fan) {
  if (fan->state == CLOSED) return;
  if (fan->state == READY) {
    ready--;
    announced = 0;
    if (!cut_told) {
      cut_told = 1;
      printf("{\"event\":\"cut\",\"at\":%llu}\n", (unsigned long long)now_us());
      fflush(stdout);
    }
  } else {
    in_flight--;
    failed++;
    /* Nobody listens: no use in knocking at full speed. */
    retry_at = now_us() + 10000;
  }
  close(fan->fd);
  int was_ready = fan->state == READY;
  fan->state = CLOSED;
  if (comes_back || !was_ready) line_up((int)(fan - fans));
}

static void begin(int index) {
  struct fan *fan = &fans[index];
  uint64_t kept = fan->hits;
  memset(fan, 0, sizeof *fan);
  fan->hits = kept;
  fan->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fan->fd < 0) { perror("socket"); exit(2); }
  int on = 1;
  setsockopt(fan->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  /* Many machines' worth of ports: the fans come from several addresses. */
  setsockopt(fan->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + index % ADDRESSES)};
  bind(fan->fd, (struct sockaddr *)&own, sizeof own);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(0x7f000001)};
  fan->state = CONNECTING;
  in_flight++;
  if (connect(fan->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) { drop(fan); return; }
  struct epoll_event event = {.events = EPOLLOUT, .data.u32 = (uint32_t)index};
  epoll_ctl(ep, EPOLL_CTL_ADD, fan->fd, &event);
}

static void upgrade(struct fan *fan) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(fan->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) { drop(fan); return; }
  char text[1024];
  int length = snprintf(text, sizeof text,
    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: c2lkZWxpbmUgYmVuY2ggIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
  if (write(fan->fd, text, length) != length) { drop(fan); return; }
  fan->state = UPGRADING;
  struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.u32 = (uint32_t)(fan - fans)};
  epoll_ctl(ep, EPOLL_CTL_MOD, fan->fd, &event);
}

/** The first bytes of a message are here. */
static void message(struct fan *fan) {
  const char *text = fan->peek;
  if (fan->opcode == 8) { drop(fan); return; }
  frames++;
  if (is_sio && fan->peeked == 1 && text[0] == '2') { send_text(fan, "3"); return; }
  if (fan->state == OPENING && text[0] == '0') {
    fan->state = GREETING;
    send_text(fan, "40");
  } else if (fan->state == GREETING && !memcmp(text, "40", 2)) {
    fan->state = JOINING;
    send_text(fan, join_frame);
  } else if (fan->state == JOINING && fan->peeked >= (int)joined_length && !memcmp(text, joined, joined_length)) {
    fan->state = READY;
    in_flight--;
    ready++;
  }
}

static void walk(struct fan *fan, const uint8_t *at, const uint8_t *end) {
  while (at < end && fan->state != CLOSED) {
    if (fan->rest > 0) {
      size_t here = (size_t)(end - at) < fan->rest ? (size_t)(end - at) : fan->rest;
      if (fan->peeked < PEEK) {
        size_t wanted = PEEK - fan->peeked, taken = here < wanted ? here : wanted;
        memcpy(fan->peek + fan->peeked, at, taken);
        fan->peeked += (int)taken;
        fan->rest -= taken;
        at += taken;
        if (fan->peeked == PEEK || fan->rest == 0) {
          message(fan);
          fan->peeked = PEEK;
        }
        continue;
      }
      fan->rest -= here;
      at += here;
      continue;
    }
    fan->head[fan->head_bytes++] = *at++;
    if (fan->head_bytes < 2) continue;
    int code = fan->head[1] & 127, needed = code == 127 ? 10 : code == 126 ? 4 : 2;
    if (fan->head_bytes < needed) continue;
    uint64_t length = 0;
    if (needed == 2) length = code;
    else for (int i = 2; i < needed; i++) length = length << 8 | fan->head[i];
    fan->opcode = fan->head[0] & 15;
    fan->rest = length;
    fan->head_bytes = 0;
    fan->peeked = 0;
    if (length == 0 && fan->opcode == 8) drop(fan);
  }
}

/** `from` is old: the end of what came before, so that a text across two chunks is found. */
static void scan(struct fan *fan, char *from, size_t old, size_t length) {
  uint64_t now = now_us();
  size_t reach = needle_length + STAMP, skip = old >= reach ? old - (reach - 1) : 0;
  for (char *at = from + skip, *end = from + length; (at = memmem(at, end - at, needle, needle_length)); at += needle_length) {
    char *stamp = at + needle_length;
    if (stamp + STAMP > end) break;
    /* Whole in what came before: counted then. */
    if (stamp + STAMP <= from + old) continue;
    uint64_t sent = 0;
    for (int i = 0; i < STAMP; i++) sent = sent * 10 + (uint64_t)(stamp[i] - '0');
    uint64_t age = now > sent ? (now - sent) / BUCKET_US : 0;
    buckets[age < BUCKETS ? age : BUCKETS - 1]++;
    if (!first_hit) first_hit = now;
    last_hit = now;
    hits++;
    fan->hits++;
  }
  skip = old >= last_length ? old - (last_length - 1) : 0;
  if (memmem(from + skip, length - skip, last, last_length)) {
    fan->seen_last = 1;
    last_hit = now;
  }
}

static void readable(struct fan *fan) {
  static char buffer[CARRY + CHUNK];
  size_t old = (size_t)fan->carried;
  memcpy(buffer, fan->carry, old);
  ssize_t got = read(fan->fd, buffer + old, CHUNK);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) { drop(fan); return; }
  bytes += (uint64_t)got;
  char *fresh = buffer + old, *end = fresh + got;
  if (fan->state == UPGRADING) {
    /* An answer comes whole or is refused: it is a few hundred bytes. */
    char *body = memmem(buffer, end - buffer, "\r\n\r\n", 4);
    if (!body || memcmp(buffer, "HTTP/1.1 101", 12)) { drop(fan); return; }
    fresh = body + 4;
    fan->state = is_sio ? OPENING : JOINING;
    if (!is_sio) send_text(fan, join_frame);
    old = fresh - buffer;
  }
  if (fan->state == READY) scan(fan, buffer, old, end - buffer);
  walk(fan, (uint8_t *)fresh, (uint8_t *)end);
  size_t kept = end - buffer < CARRY ? (size_t)(end - buffer) : CARRY;
  memcpy(fan->carry, end - kept, kept);
  fan->carried = fan->state == READY ? (int)kept : 0;
}

static uint64_t percentile(double share) {
  uint64_t wanted = (uint64_t)(share * hits), seen = 0;
  for (int i = 0; i < BUCKETS; i++) {
    seen += buckets[i];
    if (seen > wanted || (seen == hits && hits > 0)) return (uint64_t)i * BUCKET_US;
  }
  return 0;
}

static void tell(void) {
  uint64_t at_head = 0, head_hits = 0;
  for (int i = 0; i < count; i++) {
    if (fans[i].state != READY || !fans[i].seen_last) continue;
    at_head++;
    head_hits += fans[i].hits;
  }
  printf("{\"event\":\"count\",\"open\":%d,\"hits\":%llu,\"atHead\":%llu,\"headHits\":%llu,\"frames\":%llu,\"bytes\":%llu,\"failed\":%llu,"
    "\"firstAt\":%llu,\"lastAt\":%llu,\"p50\":%llu,\"p99\":%llu,\"max\":%llu}\n",
    ready, (unsigned long long)hits, (unsigned long long)at_head, (unsigned long long)head_hits, (unsigned long long)frames,
    (unsigned long long)bytes, (unsigned long long)failed, (unsigned long long)first_hit, (unsigned long long)last_hit,
    (unsigned long long)percentile(0.5), (unsigned long long)percentile(0.99), (unsigned long long)percentile(1));
  fflush(stdout);
}

static void reset(void) {
  hits = frames = bytes = first_hit = last_hit = failed = 0;
  memset(buckets, 0, sizeof buckets);
  for (int i = 0; i < count; i++) fans[i].hits = fans[i].seen_last = 0;
  cut_told = 0;
  printf("{\"event\":\"reset\"}\n");
  fflush(stdout);
}

static void obey(char *line) {
  if (!strcmp(line, "count")) tell();
  else if (!strcmp(line, "reset")) reset();
  else if (!strcmp(line, "quit")) exit(0);
  else if (!strncmp(line, "join ", 5)) {
    free(join_frame);
    join_frame = strdup(line + 5);
    printf("{\"event\":\"join\"}\n");
  } else if (!strcmp(line, "again")) {
    comes_back = 1;
    printf("{\"event\":\"again\"}\n");
  }
  fflush(stdout);
}

static void commands(void) {
  static char lines[8192];
  static size_t held;
  ssize_t got = read(0, lines + held, sizeof lines - 1 - held);
  /* Whoever started this process has ended. */
  if (got <= 0) exit(0);
  held += (size_t)got;
  lines[held] = 0;
  for (char *end; (end = strchr(lines, '\n'));) {
    *end = 0;
    obey(lines);
    held -= (size_t)(end + 1 - lines);
    memmove(lines, end + 1, held + 1);
  }
}

int main(int argc, char **argv) {
  if (argc != 10) return 64;
  port = atoi(argv[1]);
  count = atoi(argv[2]);
  path = argv[3];
  is_sio = !strcmp(argv[4], "sio");
  join_frame = strdup(argv[5]);
  joined = argv[6];
  needle = argv[7];
  last = argv[8];
  in_flight_most = atoi(argv[9]);
  needle_length = strlen(needle);
  last_length = strlen(last);
  joined_length = strlen(joined);
  if (needle_length + STAMP > CARRY || last_length > CARRY || joined_length > PEEK) return 64;
  fans = calloc((size_t)count, sizeof *fans);
  waiting = calloc((size_t)count, sizeof *waiting);
  ep = epoll_create1(0);
  struct epoll_event input = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
  epoll_ctl(ep, EPOLL_CTL_ADD, 0, &input);
  for (int i = 0; i < count; i++) line_up(i);
  started = now_us();
  for (;;) {
    uint64_t now = now_us();
    while (waiting_count > 0 && in_flight < in_flight_most && now >= retry_at) {
      int next = waiting[waiting_first];
      waiting_first = (waiting_first + 1) % count;
      waiting_count--;
      begin(next);
    }
    struct epoll_event events[512];
    int found = epoll_wait(ep, events, 512, waiting_count > 0 ? 5 : -1);
    for (int i = 0; i < found; i++) {
      if (events[i].data.u32 == UINT32_MAX) { commands(); continue; }
      struct fan *fan = &fans[events[i].data.u32];
      if (fan->state == CLOSED) continue;
      if (fan->state == CONNECTING) upgrade(fan);
      else readable(fan);
    }
    if (ready == count && !announced) {
      announced = 1;
      printf("{\"event\":\"ready\",\"at\":%llu,\"ms\":%.1f,\"failed\":%llu}\n", (unsigned long long)now_us(),
        (now_us() - started) / 1000.0, (unsigned long long)failed);
      fflush(stdout);
    }
  }
}
