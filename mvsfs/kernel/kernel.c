/* The compiled kernel: the inner loops of transfers, for mvsfs/kernel/__init__.py, which loads it by ctypes. Not here: sorting
 * (sort.c) and SPACK (terse.c).
 *
 * Plain C99 without Python.h: it knows neither objects nor the interpreter lock, keeps no state and allocates nothing.
 * Every function does what a function in Python does that is named at its head; tests hold the two against each other.
 * Rules: all lengths are checked here, whatever the caller promises. An answer of REFUSED means arguments that fit
 * nothing; UNUSUAL means input that only the reference in Python knows how to judge, and then `out` holds nothing of use.
 */

#include "kernel.h"

#if defined(__GNUC__) && defined(__x86_64__) && !defined(PORTABLE)
#include <immintrin.h>
#define VECTORS __attribute__((target("avx512f,avx512bw,avx512vbmi")))
#endif

/* Grows with every change of a signature or a meaning; the Python side wants its own. */
#define VERSION 4

enum { STRIP = 1, CUT = 2 };
enum { NL = 0x15, BLANK = 0x40 };

EXPORT int64_t mvsfs_version(void) { return VERSION; }

/* Translates and tells whether a lost byte was among them; `lost` may be NULL. */
static int translate_portable(uint8_t *to, const uint8_t *from, size_t size, const uint8_t *table, const uint8_t *lost)
{
    size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        uint8_t word[8];
        for (size_t byte = 0; byte < 8; byte++)
            word[byte] = table[from[at + byte]];
        memcpy(to + at, word, 8);
    }
    for (; at < size; at++)
        to[at] = table[from[at]];
    if (lost == NULL)
        return 0;
    uint8_t found = 0;
    for (at = 0; at < size; at++)
        found |= lost[from[at]];
    return found;
}

#ifdef VECTORS
static int has_vectors(void) { return __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw"); }

#define LOOK_UP(bytes) \
    _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), _mm512_permutex2var_epi8(t0, bytes, t1), \
        _mm512_permutex2var_epi8(t2, bytes, t3))

/* The same, 64 bytes at a time: a table of 256 bytes lies in four registers. Bytes beyond `size` are neither read nor written. */
VECTORS static int translate_vectors(uint8_t *to, const uint8_t *from, size_t size, const uint8_t *table, const uint8_t *lost)
{
    const __m512i t0 = _mm512_loadu_si512(table), t1 = _mm512_loadu_si512(table + 64);
    const __m512i t2 = _mm512_loadu_si512(table + 128), t3 = _mm512_loadu_si512(table + 192);
    for (size_t at = 0; at < size; at += 64) {
        const __mmask64 live = size - at >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << (size - at)) - 1;
        const __m512i bytes = _mm512_maskz_loadu_epi8(live, from + at);
        _mm512_mask_storeu_epi8(to + at, live, LOOK_UP(bytes));
    }
    if (lost == NULL)
        return 0;
    uint8_t found = 0;
    for (size_t at = 0; at < size; at++)
        found |= lost[from[at]];
    return found;
}
#endif

#ifdef VECTORS
/* The beginning of mvsfs_store_lines as far as lines are short and ordinary: each in one register. Returns where it stopped. */
VECTORS static size_t store_short_lines(const uint8_t *in, size_t start, size_t stop, const uint8_t *table, size_t limit,
    int strip, uint8_t *out, size_t *made, int64_t *records)
{
    const __m512i t0 = _mm512_loadu_si512(table), t1 = _mm512_loadu_si512(table + 64);
    const __m512i t2 = _mm512_loadu_si512(table + 128), t3 = _mm512_loadu_si512(table + 192);
    const __m512i lf = _mm512_set1_epi8('\n'), blank = _mm512_set1_epi8(BLANK), nl = _mm512_set1_epi8(NL);
    while (stop - start >= 64) {
        const __m512i bytes = _mm512_loadu_si512(in + start);
        const __mmask64 ends = _mm512_cmpeq_epi8_mask(bytes, lf);
        if (ends == 0)
            return start;
        const size_t end = (size_t)__builtin_ctzll(ends);
        if (end == 0 || in[start + end - 1] != '\r' || end - 1 > limit)
            return start;
        const __m512i host = LOOK_UP(bytes);
        __mmask64 data = ((__mmask64)1 << (end - 1)) - 1;
        if (strip)
            data &= ~_mm512_cmpeq_epi8_mask(host, blank);
        const size_t size = !strip ? end - 1 : data ? 64 - (size_t)__builtin_clzll(data) : 0;
        const __mmask64 last = (__mmask64)1 << size; /* size is 62 at most */
        _mm512_mask_storeu_epi8(out + *made, last | (last - 1), _mm512_mask_blend_epi8(last, host, nl));
        *made += size + 1;
        start += end + 1;
        ++*records;
    }
    return start;
}
#endif

static int translate(uint8_t *to, const uint8_t *from, size_t size, const uint8_t *table, const uint8_t *lost)
{
#ifdef VECTORS
    if (has_vectors())
        return translate_vectors(to, from, size, table, lost);
#endif
    return translate_portable(to, from, size, table, lost);
}

static int put_end(uint8_t *out, const uint8_t *eol, size_t eol_size)
{
    for (size_t at = 0; at < eol_size; at++)
        out[at] = eol[at];
    return (int)eol_size;
}

/* TextStore._crlf_lines: whole lines, each ended by CR LF, to lines ended by X'15'. in[start:stop] ends in CR LF.
 * flags STRIP: trailing blanks go (F formats); CUT: a line beyond `limit` is cut and counted, else it is unusual.
 * The table must make X'15' of LF alone. Unusual: a LF without CR, a lost byte.
 */
EXPORT int64_t mvsfs_store_lines(const uint8_t *in, size_t in_size, size_t start, size_t stop, const uint8_t *table,
    const uint8_t *lost, size_t limit, int flags, uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !table || !out || !done || start > stop || stop > in_size || stop - start > out_size)
        return REFUSED;
    size_t made = 0;
    int64_t records = 0, truncated = 0;
    while (start < stop) {
#ifdef VECTORS
        if (lost == NULL && has_vectors())
            start = store_short_lines(in, start, stop, table, limit, flags & STRIP, out, &made, &records);
        if (start == stop)
            break;
#endif
        const uint8_t *line = in + start;
        const uint8_t *end = memchr(line, '\n', stop - start);
        if (end == NULL || end == line || end[-1] != '\r')
            return UNUSUAL;
        size_t whole = (size_t)(end - line) - 1, size = whole;
        start += whole + 2;
        if (size > limit) {
            if (!(flags & CUT))
                return UNUSUAL;
            truncated++;
            size = limit;
        }
        if (translate(out + made, line, size, table, lost))
            return UNUSUAL;
        for (size_t at = size; lost != NULL && at < whole; at++)
            if (lost[line[at]])
                return UNUSUAL;
        if (flags & STRIP)
            while (size > 0 && out[made + size - 1] == BLANK)
                size--;
        made += size;
        out[made++] = NL; /* at most as many bytes as the line had with its CR LF */
        records++;
    }
    done->used = (int64_t)(stop);
    done->made = (int64_t)made;
    done->records = records;
    done->truncated = truncated;
    return 0;
}

/* inbound_unix: text of z/OS UNIX files; the CR of every CR LF goes. Unusual: a lost byte. */
EXPORT int64_t mvsfs_store_unix(const uint8_t *in, size_t in_size, const uint8_t *table, const uint8_t *lost, uint8_t *out,
    size_t out_size, tally *done)
{
    if (!in || !table || !out || !done || in_size > out_size)
        return REFUSED;
    size_t at = 0, made = 0;
    while (at < in_size) {
        const uint8_t *cr = memchr(in + at, '\r', in_size - at);
        size_t size = cr ? (size_t)(cr - (in + at)) : in_size - at;
        int keep = cr && !(at + size + 1 < in_size && cr[1] == '\n');
        if (translate(out + made, in + at, size + (size_t)keep, table, lost))
            return UNUSUAL;
        made += size + (size_t)keep;
        at += size + (cr != NULL);
    }
    done->used = (int64_t)in_size;
    done->made = (int64_t)made;
    done->records = done->truncated = 0;
    return 0;
}

/* sending._send_lines: X'15' becomes `eol`, everything else is translated. `width` not 0: each record is filled with blanks
 * to it, and `column` carries how much of a cut record has gone out. Stops where `out` is full: see `used`.
 * Unusual: a lost byte.
 */
EXPORT int64_t mvsfs_send_lines(const uint8_t *in, size_t in_size, size_t start, const uint8_t *table, const uint8_t *lost,
    const uint8_t *eol, size_t eol_size, size_t width, size_t *column, uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !table || !eol || eol_size > 2 || !column || !out || !done || start > in_size)
        return REFUSED;
    size_t made = 0;
    int64_t records = 0;
    while (start < in_size) {
        const uint8_t *piece = in + start;
        const uint8_t *end = memchr(piece, NL, in_size - start);
        size_t size = end ? (size_t)(end - piece) : in_size - start;
        size_t fill = end && *column < width && size < width - *column ? width - *column - size : 0;
        size_t room = out_size - made;
        if (room < size || room - size < fill || room - size - fill < eol_size)
            break;
        if (translate(out + made, piece, size, table, lost) || (fill && lost != NULL && lost[BLANK]))
            return UNUSUAL;
        made += size;
        start += size;
        *column = width ? *column + size : 0;
        if (end) {
            memset(out + made, table[BLANK], fill);
            made += fill;
            made += (size_t)put_end(out + made, eol, eol_size);
            start++;
            records++;
            *column = 0;
        }
    }
    done->used = (int64_t)start;
    done->made = (int64_t)made;
    done->records = records;
    done->truncated = 0;
    return 0;
}

/* sending._send_fixed: records of `lrecl` bytes, their trailing blanks removed unless kept. Stops where `out` is full.
 * Unusual: a lost byte, an end inside a record.
 */
EXPORT int64_t mvsfs_send_fixed(const uint8_t *in, size_t in_size, size_t start, size_t lrecl, int keep_blanks,
    const uint8_t *table, const uint8_t *lost, const uint8_t *eol, size_t eol_size, uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !table || !eol || eol_size > 2 || !out || !done || start > in_size || lrecl == 0)
        return REFUSED;
    if ((in_size - start) % lrecl)
        return UNUSUAL;
    size_t made = 0;
    int64_t records = 0;
    while (start < in_size && out_size - made >= lrecl && out_size - made - lrecl >= eol_size) {
        const uint8_t *record = in + start;
        size_t size = lrecl;
        if (!keep_blanks)
            while (size > 0 && record[size - 1] == BLANK)
                size--;
        if (translate(out + made, record, size, table, lost))
            return UNUSUAL;
        if (lost != NULL && size < lrecl && lost[BLANK])
            return UNUSUAL;
        made += size;
        made += (size_t)put_end(out + made, eol, eol_size);
        start += lrecl;
        records++;
    }
    done->used = (int64_t)start;
    done->made = (int64_t)made;
    done->records = records;
    done->truncated = 0;
    return 0;
}

/* Records in RDW form: their data, each followed by `eol`; for text (send_lines_of) and, without an end, for images (send_image).
 * Stops at a record that is not whole or for which `out` has no room. Unusual: a lost byte, an impossible RDW.
 */
EXPORT int64_t mvsfs_send_rdw(const uint8_t *in, size_t in_size, size_t start, const uint8_t *table, const uint8_t *lost,
    const uint8_t *eol, size_t eol_size, uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !eol || eol_size > 2 || !out || !done || start > in_size)
        return REFUSED;
    size_t made = 0;
    int64_t records = 0;
    while (start < in_size) {
        int64_t length = stored_record(in, in_size, start);
        if (length < 0)
            return UNUSUAL;
        size_t size = length ? (size_t)length - RDW : 0;
        if (length == 0 || out_size - made < size || out_size - made - size < eol_size)
            break;
        if (table == NULL)
            memcpy(out + made, in + start + RDW, size);
        else if (translate(out + made, in + start + RDW, size, table, lost))
            return UNUSUAL;
        made += size;
        made += (size_t)put_end(out + made, eol, eol_size);
        start += (size_t)length;
        records++;
    }
    done->used = (int64_t)start;
    done->made = (int64_t)made;
    done->records = records;
    done->truncated = 0;
    return 0;
}

/* images._store_cut: records of `size` bytes, the last of what is left, each behind its RDW. */
EXPORT int64_t mvsfs_cut_image(const uint8_t *in, size_t in_size, size_t size, uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !out || !done || size == 0 || size >= LONG_RECORD - RDW)
        return REFUSED;
    size_t records = in_size / size + (in_size % size != 0);
    if (out_size < in_size || (out_size - in_size) / RDW < records)
        return REFUSED;
    size_t made = 0;
    for (size_t at = 0; at < in_size; at += size) {
        size_t piece = in_size - at < size ? in_size - at : size;
        out[made] = (uint8_t)((piece + RDW) >> 8);
        out[made + 1] = (uint8_t)((piece + RDW) & 0xFF);
        out[made + 2] = out[made + 3] = 0;
        memcpy(out + made + RDW, in + at, piece);
        made += piece + RDW;
    }
    done->used = (int64_t)in_size;
    done->made = (int64_t)made;
    done->records = (int64_t)records;
    done->truncated = 0;
    return 0;
}

enum { ESCAPE_EOR = 0x80, MAX_LITERAL = 127, MAX_REPEAT = 63, SHORTEST_RUN = 3 };

static size_t run_length(const uint8_t *record, size_t size, size_t at)
{
    size_t end = at + 1;
    while (end < size && record[end] == record[at])
        end++;
    return end - at;
}

/* The most bytes that a record of this length becomes: every string of one byte costs two, and the end two more. */
static size_t worst_compressed(size_t size) { return 2 * size + 4; }

/* One record in MODE C; returns how many bytes. `out` has room for worst_compressed. */
static size_t compress_record(const uint8_t *record, size_t size, uint8_t filler, uint8_t *out)
{
    size_t made = 0, last = 0, at = 0;
    while (at < size) {
        last = made;
        size_t run = run_length(record, size, at);
        if (run >= SHORTEST_RUN) {
            uint8_t byte = record[at];
            for (size_t left = run; left > 0;) {
                size_t piece = left < MAX_REPEAT ? left : MAX_REPEAT;
                last = made;
                out[made++] = (uint8_t)((byte == filler ? 0xC0 : 0x80) | piece);
                if (byte != filler)
                    out[made++] = byte;
                left -= piece;
            }
            at += run;
            continue;
        }
        size_t end = at;
        while (end < size && (run = run_length(record, size, end)) < SHORTEST_RUN)
            end += run;
        for (size_t from = at; from < end;) {
            size_t piece = end - from < MAX_LITERAL ? end - from : MAX_LITERAL;
            last = made;
            out[made++] = (uint8_t)piece;
            memcpy(out + made, record + from, piece);
            made += piece;
            from += piece;
        }
        at = end;
    }
    if (size == 0)
        out[made++] = 0xC0;
    memmove(out + last + 2, out + last, made - last);
    out[last] = 0;
    out[last + 1] = ESCAPE_EOR;
    return made + 2;
}

/* compressed.encode_records: records back to back, with their lengths. */
EXPORT int64_t mvsfs_compress(const uint8_t *in, size_t in_size, const uint32_t *lengths, size_t records, int filler,
    uint8_t *out, size_t out_size, tally *done)
{
    if (!in || !lengths || !out || !done || filler < 0 || filler > 0xFF)
        return REFUSED;
    size_t at = 0, made = 0;
    for (size_t number = 0; number < records; number++) {
        if (lengths[number] > in_size - at || out_size - made < worst_compressed(lengths[number]))
            return REFUSED;
        made += compress_record(in + at, lengths[number], (uint8_t)filler, out + made);
        at += lengths[number];
    }
    done->used = (int64_t)at;
    done->made = (int64_t)made;
    done->records = (int64_t)records;
    done->truncated = 0;
    return at == in_size ? 0 : REFUSED;
}

/* compressed.Decoder: strings into bytes, with the end of each record in `ends` (places in `out`).
 * `pending`: an escape X'80' came and its string has not. Stops before what is cut, before any other escape, and where `out`
 * or `ends` has no room.
 */
EXPORT int64_t mvsfs_expand(const uint8_t *in, size_t in_size, size_t start, int filler, int *pending, uint8_t *out,
    size_t out_size, uint32_t *ends, size_t ends_size, tally *done)
{
    if (!in || !pending || !out || !ends || !done || start > in_size || filler < 0 || filler > 0xFF || out_size > UINT32_MAX)
        return REFUSED;
    size_t at = start, made = 0, records = 0;
    while (at < in_size) {
        uint8_t head = in[at];
        size_t size = head == 0 || (head & 0xC0) == 0x80 ? 2 : head & 0x80 ? 1 : (size_t)1 + head;
        if (size > in_size - at)
            break;
        if (head == 0) {
            if (in[at + 1] != ESCAPE_EOR || *pending)
                break;
            *pending = 1;
            at += 2;
            continue;
        }
        size_t length = head & 0x80 ? head & 0x3F : head;
        if (out_size - made < length || records == ends_size)
            break;
        if (head < 0x80)
            memcpy(out + made, in + at + 1, length);
        else
            memset(out + made, size == 2 ? in[at + 1] : filler, length);
        made += length;
        at += size;
        if (*pending) {
            ends[records++] = (uint32_t)made;
            *pending = 0;
        }
    }
    done->used = (int64_t)at;
    done->made = (int64_t)made;
    done->records = (int64_t)records;
    done->truncated = 0;
    return 0;
}
