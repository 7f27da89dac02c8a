/* What the sources of the compiled kernel share: answers, the tally of a call, records behind length words. */

#ifndef MVSFS_KERNEL_H
#define MVSFS_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define EXPORT __attribute__((visibility("default")))
#else
#define EXPORT
#endif

enum { REFUSED = -1, UNUSUAL = -2 };
enum { RDW = 4, LONG_RECORD = 0x8000 };

/* What a call did. `used`: bytes of the input; `made`: bytes of the output. */
typedef struct {
    int64_t used, made, records, truncated;
} tally;

/* The length of the stored record at `at`, its RDW included: 0 when it is not whole, UNUSUAL when its RDW is impossible. */
static inline int64_t stored_record(const uint8_t *in, size_t in_size, size_t at)
{
    if (in_size - at < RDW)
        return 0;
    uint32_t length = (uint32_t)in[at] << 8 | in[at + 1];
    if (length >= LONG_RECORD)
        length = ((uint32_t)in[at] << 24 | (uint32_t)in[at + 1] << 16 | (uint32_t)in[at + 2] << 8 | in[at + 3]) & 0x7FFFFFFF;
    if (length < RDW)
        return UNUSUAL;
    return length > in_size - at ? 0 : (int64_t)length;
}

#endif
