/* Sorting and merging records by their keys, for jes/utilities/dfsort/compiled.py.
 *
 *     blocks of records --mvsfs_sort--> rows in order --mvsfs_merge--> blocks of records in order
 *     blocks in order ------------------------------------^
 *
 * A key is never built whole: it is seen as words of 8 bytes that compare like it, made when they are asked for. The first word of
 * a record stands in its row, so that nearly all comparing is that of numbers; where first words are equal the next ones are
 * looked at. Both functions keep the order of equal records.
 * Rules: as in kernel.c. A record beyond whose end a key goes has X'00' there.
 */

#include "kernel.h"

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)(address))
#endif

/* How a field compares; the same numbers as KINDS in sorting.py. */
enum { PLAIN, TABLE, SIGNED, PACKED, ZONED, DIGITS, KINDS };

/* One field of a key. `start`: where its bytes begin in the key; PACKED and ZONED have one byte more there than in the record.
 * `table`: which of the tables of 256 bytes a TABLE field goes through.
 */
typedef struct {
    uint32_t kind, descending, offset, length, start, table;
} part;

/* How records lie and compare. lrecl 0: each behind its length word; then a key begins behind `skip` bytes of record and word. */
typedef struct {
    uint64_t lrecl, skip;
    const part *parts;
    uint64_t part_count, width;
    const uint8_t *tables;
    uint64_t table_count;
} shape;

typedef struct {
    const uint8_t *data;
    uint64_t size;
} block;

typedef struct {
    uint64_t word;
    const uint8_t *record;
} row;

/* One source of a merge: rows from `next_row` on, or the records from `next` on. more: records follow `end` that are not there yet.
 * What stands behind `more` belongs to mvsfs_merge.
 */
typedef struct {
    const row *next_row, *end_row;
    const uint8_t *next, *end;
    uint64_t more;
    const uint8_t *record;
    uint64_t size, word;
} source;

enum { WORD = 8, FEW = 48, AHEAD = 6, LONGEST_KEY = 1 << 15 };

static uint64_t big_endian(const uint8_t *bytes)
{
    return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32
        | (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 | (uint64_t)bytes[6] << 8 | (uint64_t)bytes[7];
}

static uint8_t byte_of(const uint8_t *data, size_t size, size_t at) { return at < size ? data[at] : 0; }

/* PD: nibbles that are no digits count as 0, and so does the sign's; ZD: digits above 9 count as 9. */
static uint8_t digits_of(const part *field, const uint8_t *data, size_t size, size_t at)
{
    uint8_t byte = byte_of(data, size, field->offset + at);
    uint8_t high = byte >> 4, low = byte & 15;
    if (field->kind == ZONED)
        return low > 9 ? 9 : low;
    if (field->kind == DIGITS && at == 0)
        high = 0;
    return (uint8_t)((high > 9 ? 0 : high << 4) | (low > 9 || at + 1 == field->length ? 0 : low));
}

static int is_below_zero(const part *field, const uint8_t *data, size_t size)
{
    uint8_t last = byte_of(data, size, (size_t)field->offset + field->length - 1);
    uint8_t sign = field->kind == ZONED ? last >> 4 : last & 15;
    if (!(sign & 1) || sign == 0xF) /* D, B and the odd digits are minus signs [DFSORT data formats] */
        return 0;
    for (size_t at = 0; at < field->length; at++)
        if (digits_of(field, data, size, at))
            return 1;
    return 0; /* -0 is 0 */
}

/* Bytes first .. first + count of a field of a key. */
static void put_part(const shape *how, const part *field, const uint8_t *data, size_t size, size_t first, size_t count, uint8_t *out)
{
    const uint8_t *table = field->kind == TABLE ? how->tables + 256 * (size_t)field->table : NULL;
    int below = field->kind == PACKED || field->kind == ZONED ? is_below_zero(field, data, size) : 0;
    for (size_t at = first; at < first + count; at++) {
        uint8_t byte;
        switch (field->kind) {
        case TABLE:
            byte = field->offset + at < size ? table[data[field->offset + at]] : 0;
            break;
        case SIGNED:
            byte = byte_of(data, size, field->offset + at) ^ (at == 0 ? 0x80 : 0);
            break;
        case PACKED:
        case ZONED:
            byte = at == 0 ? 1 : digits_of(field, data, size, at - 1);
            if (below)
                byte = at == 0 ? 0 : (uint8_t)~byte;
            break;
        case DIGITS:
            byte = digits_of(field, data, size, at);
            break;
        default:
            byte = byte_of(data, size, field->offset + at);
        }
        *out++ = field->descending ? (uint8_t)~byte : byte;
    }
}

static size_t width_of(const part *field) { return (size_t)field->length + (field->kind == PACKED || field->kind == ZONED); }

/* The word at `at` of a key, whose data begins at `data`. */
static uint64_t word_at(const shape *how, const uint8_t *data, size_t size, size_t at)
{
    const part *field = how->parts;
    if (how->part_count == 1 && field->kind == PLAIN && at + WORD <= field->length && field->offset + at + WORD <= size)
        return big_endian(data + field->offset + at) ^ (field->descending ? ~(uint64_t)0 : 0);
    uint8_t word[WORD] = {0};
    for (const part *end = field + how->part_count; field < end && field->start < at + WORD; field++) {
        size_t width = width_of(field);
        if (field->start + width <= at)
            continue;
        size_t first = at > field->start ? at - field->start : 0;
        size_t place = field->start + first - at;
        size_t count = width - first < WORD - place ? width - first : WORD - place;
        put_part(how, field, data, size, first, count, word + place);
    }
    return big_endian(word);
}

/* The length of a record that begins here, its length word included; what rows point to was measured before. */
static size_t length_of(const shape *how, const uint8_t *record)
{
    return how->lrecl ? (size_t)how->lrecl : (size_t)stored_record(record, SIZE_MAX, 0);
}

static uint64_t word_of(const shape *how, const uint8_t *record, size_t at)
{
    return word_at(how, record + how->skip, length_of(how, record) - how->skip, at);
}

/* Less than, equal to or greater than 0, from the word at `at` on. */
static int compare(const shape *how, const uint8_t *one, const uint8_t *other, size_t at)
{
    for (; at < how->width; at += WORD) {
        uint64_t first = word_of(how, one, at), second = word_of(how, other, at);
        if (first != second)
            return first < second ? -1 : 1;
    }
    return 0;
}

static void sort_few(const shape *how, row *rows, size_t count, size_t at)
{
    for (size_t next = 1; next < count; next++) {
        const row moving = rows[next];
        size_t place = next;
        while (place > 0
            && (moving.word < rows[place - 1].word
                || (moving.word == rows[place - 1].word && compare(how, moving.record, rows[place - 1].record, at + WORD) < 0))) {
            rows[place] = rows[place - 1];
            place--;
        }
        rows[place] = moving;
    }
}

static int is_ordered(const row *rows, size_t count)
{
    for (size_t at = 1; at < count; at++)
        if (rows[at].word < rows[at - 1].word)
            return 0;
    return 1;
}

/* By words alone: from the last byte to the first, bytes that are the same everywhere left out. */
static void sort_words(row *rows, row *spare, size_t count)
{
    uint32_t counts[WORD][256];
    if (is_ordered(rows, count))
        return;
    memset(counts, 0, sizeof counts);
    for (size_t at = 0; at < count; at++)
        for (int byte = 0; byte < WORD; byte++)
            counts[byte][rows[at].word >> 8 * byte & 0xFF]++;
    row *from = rows, *to = spare;
    for (int byte = 0; byte < WORD; byte++) {
        uint32_t *places = counts[byte], total = 0;
        if (places[from[0].word >> 8 * byte & 0xFF] == count)
            continue;
        for (int value = 0; value < 256; value++) {
            uint32_t many = places[value];
            places[value] = total;
            total += many;
        }
        for (size_t at = 0; at < count; at++)
            to[places[from[at].word >> 8 * byte & 0xFF]++] = from[at];
        row *other = from;
        from = to;
        to = other;
    }
    if (from != rows)
        memcpy(rows, from, count * sizeof *rows);
}

/* Rows whose words are those at `at` of their keys. As deep as keys have words, and only where many records agree so far. */
static void sort_rows(const shape *how, row *rows, row *spare, size_t count, size_t at)
{
    if (count <= FEW) {
        sort_few(how, rows, count, at);
        return;
    }
    sort_words(rows, spare, count);
    if (at + WORD >= how->width)
        return;
    for (size_t first = 0, last; first < count; first = last) {
        const uint64_t word = rows[first].word;
        for (last = first + 1; last < count && rows[last].word == word; last++)
            ;
        if (last - first == 1)
            continue;
        for (size_t same = first; same < last; same++)
            rows[same].word = word_of(how, rows[same].record, at + WORD);
        sort_rows(how, rows + first, spare, last - first, at + WORD);
        for (size_t same = first; same < last; same++)
            rows[same].word = word;
    }
}

static int is_possible(const shape *how)
{
    if (!how || !how->parts || how->part_count == 0 || how->part_count > LONGEST_KEY || (how->lrecl && how->skip))
        return 0;
    if (how->lrecl > INT32_MAX || how->skip > RDW || (how->table_count && !how->tables))
        return 0;
    size_t at = 0;
    for (size_t number = 0; number < how->part_count; number++) {
        const part *field = how->parts + number;
        if (field->kind >= KINDS || field->length == 0 || field->length > LONGEST_KEY || field->offset > LONGEST_KEY)
            return 0;
        if (field->start != at || (field->kind == TABLE && field->table >= how->table_count))
            return 0;
        at += width_of(field);
    }
    return at == how->width && at <= LONGEST_KEY;
}

/* Whole records behind length words at the beginning of `in`: `used` of their bytes, `records` of them, the longest of which has
 * `truncated` bytes of data and the shortest `made`.
 */
EXPORT int64_t mvsfs_whole_records(const uint8_t *in, size_t in_size, tally *done)
{
    if (!in || !done)
        return REFUSED;
    memset(done, 0, sizeof *done);
    for (size_t at = 0;;) {
        int64_t length = stored_record(in, in_size, at);
        if (length < 0)
            return UNUSUAL;
        if (length == 0)
            break;
        at += (size_t)length;
        done->used = (int64_t)at;
        done->records++;
        if (length - RDW > done->truncated)
            done->truncated = length - RDW;
        if (done->records == 1 || length - RDW < done->made)
            done->made = length - RDW;
    }
    return 0;
}

/* order.Order.sort: makes a row of each record of the blocks and puts the rows in order. `spare` has as much room as `rows`. */
EXPORT int64_t mvsfs_sort(const shape *how, const block *blocks, size_t block_count, row *rows, row *spare, size_t room, tally *done)
{
    if (!is_possible(how) || !blocks || !rows || !spare || !done || room > UINT32_MAX)
        return REFUSED;
    size_t count = 0;
    for (size_t number = 0; number < block_count; number++) {
        const uint8_t *data = blocks[number].data;
        const size_t size = (size_t)blocks[number].size;
        if (!data && size)
            return REFUSED;
        for (size_t at = 0; at < size;) {
            int64_t length = how->lrecl ? (int64_t)how->lrecl : stored_record(data, size, at);
            if (length <= 0 || (size_t)length > size - at || count == room)
                return REFUSED;
            rows[count].record = data + at;
            rows[count++].word = word_at(how, data + at + how->skip, (size_t)(length - (int64_t)how->skip), 0);
            at += (size_t)length;
        }
    }
    if (count)
        sort_rows(how, rows, spare, count, 0);
    memset(done, 0, sizeof *done);
    done->records = (int64_t)count;
    return 0;
}

/* sorter._checked: tells of a block of whole records how many there are before the first that must not follow what is before it.
 * `last` is the record before the block, or NULL; `used` is where the last of the counted ones begins.
 */
EXPORT int64_t mvsfs_in_order(const shape *how, const uint8_t *last, size_t last_size, const uint8_t *data, size_t size, tally *done)
{
    if (!is_possible(how) || !data || !done || (last && last_size < how->skip))
        return REFUSED;
    if (last && (how->lrecl ? last_size != how->lrecl : stored_record(last, last_size, 0) != (int64_t)last_size))
        return REFUSED;
    memset(done, 0, sizeof *done);
    for (size_t at = 0; at < size;) {
        int64_t length = how->lrecl ? (int64_t)how->lrecl : stored_record(data, size, at);
        if (length <= 0 || (size_t)length > size - at)
            return REFUSED;
        if (last && compare(how, last, data + at, 0) > 0)
            break;
        last = data + at;
        done->used = (int64_t)at;
        done->records++;
        at += (size_t)length;
    }
    return 0;
}

/* Goes to the next record of a source. Returns 1, 0 when there is none (yet), REFUSED for what is no record. */
static int step(const shape *how, source *from)
{
    if (from->next_row != from->end_row) {
        if (from->end_row - from->next_row > AHEAD) {
            PREFETCH(from->next_row[AHEAD].record);
            PREFETCH(from->next_row[AHEAD].record + 64);
        }
        from->record = from->next_row->record;
        from->word = from->next_row->word;
        from->size = length_of(how, from->record);
        from->next_row++;
        return 1;
    }
    size_t left = (size_t)(from->end - from->next);
    int64_t length = how->lrecl ? (int64_t)how->lrecl : stored_record(from->next, left, 0);
    if (length < 0)
        return REFUSED;
    if (length == 0 || (size_t)length > left)
        return left && !from->more ? REFUSED : 0;
    from->record = from->next;
    from->size = (uint64_t)length;
    from->word = word_at(how, from->record + how->skip, (size_t)length - how->skip, 0);
    from->next += length;
    return 1;
}

static int is_before(const shape *how, const source *sources, uint32_t one, uint32_t other)
{
    const source *first = sources + one, *second = sources + other;
    if (first->word != second->word)
        return first->word < second->word;
    int order = compare(how, first->record, second->record, WORD);
    return order ? order < 0 : one < other;
}

/* Puts the first of the `count` live sources where its record belongs; the others are in order. */
static void settle(const shape *how, const source *sources, uint32_t *live, size_t count)
{
    const uint32_t moving = live[0];
    size_t low = 1, high = count;
    if (count < 2 || is_before(how, sources, moving, live[1]))
        return;
    for (low = 2; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (is_before(how, sources, live[middle], moving))
            low = middle + 1;
        else
            high = middle;
    }
    memmove(live, live + 1, (low - 1) * sizeof *live);
    live[low - 1] = moving;
}

/* sorter.merged: the records of sorted sources in order; of equal ones those of earlier sources come first. Stops where `out` is
 * full, and where a source has no whole record left and more to come: `used` is its number then, else -1. `records` and `made` are
 * those of `out`, and `truncated` is how many sources are not at their end. `live` has room for all sources.
 * Between two calls a source keeps its place: the record that is its next has not been written.
 */
EXPORT int64_t mvsfs_merge(const shape *how, source *sources, size_t source_count, uint32_t *live, uint8_t *out, size_t out_size,
    tally *done)
{
    if (!is_possible(how) || !sources || !live || !out || !done || source_count > UINT32_MAX)
        return REFUSED;
    memset(done, 0, sizeof *done);
    done->used = -1;
    size_t count = 0, made = 0;
    for (size_t number = source_count; number-- > 0;) {
        source *from = sources + number;
        int found = from->record ? 1 : step(how, from);
        if (found < 0)
            return REFUSED;
        if (!found && from->more)
            done->used = (int64_t)number;
        if (found) {
            count++;
            memmove(live + 1, live, (count - 1) * sizeof *live);
            live[0] = (uint32_t)number;
            settle(how, sources, live, count);
        }
    }
    while (count && done->used < 0) {
        source *from = sources + live[0];
        if (out_size - made < from->size)
            break;
        memcpy(out + made, from->record, (size_t)from->size);
        made += (size_t)from->size;
        done->records++;
        from->record = NULL;
        int found = step(how, from);
        if (found < 0)
            return REFUSED;
        if (found) {
            settle(how, sources, live, count);
            continue;
        }
        if (from->more)
            done->used = (int64_t)live[0];
        memmove(live, live + 1, --count * sizeof *live);
    }
    done->made = (int64_t)made;
    done->truncated = (int64_t)count;
    return 0;
}
