/* The inner loop of writing SPACK, for mvsfs/exchange/terse/spack.py, whose `packed` says what it does.
 *
 * Each string is a piece of the data that have gone by, so that the tree in which the longest one is looked for keeps no symbols
 * of its own: an edge is a place in the data and a length. A node has no string only where edges part, so that there are at most
 * two nodes for each string.
 * Rules: as in kernel.c. The caller gives all storage, filled with zeros.
 */

#include "kernel.h"

enum { CODES = 4096, FIRST_STRING = 258, SYMBOLS = 258, LONGEST = 2047, NODES = 2 * CODES + SYMBOLS };

/* A node below its parent: the edge to it is data[start .. start + length). Nodes 1-257 are the symbols, without an edge.
 * child_sum: the sum of the numbers of its children, which is the number of the only one.
 */
typedef struct {
    uint64_t start;
    uint32_t length, child_sum;
    uint16_t parent, children, string, unused;
} node;

typedef struct {
    uint16_t left[CODES], right[CODES], node_of[CODES];
    uint32_t needed[CODES];
    uint16_t earlier[CODES], later[CODES]; /* the strings that stand alone, a ring through 0 */
    uint16_t alone[CODES];
    uint16_t free_strings[CODES];
    uint64_t free_count;
    uint16_t free_nodes[NODES];
    uint64_t node_count;
    node nodes[NODES];
    uint16_t child[NODES][SYMBOLS];
} state;

static void begin(state *all)
{
    for (uint16_t string = CODES - 1; string >= FIRST_STRING; string--)
        all->free_strings[all->free_count++] = string;
    for (uint16_t number = NODES - 1; number >= SYMBOLS; number--)
        all->free_nodes[all->node_count++] = number;
}

static void leave_alone(state *all, uint16_t string)
{
    uint16_t last = all->earlier[0];
    if (all->alone[string])
        return;
    all->alone[string] = 1;
    all->earlier[string] = last;
    all->later[string] = 0;
    all->later[last] = string;
    all->earlier[0] = string;
}

static void not_alone(state *all, uint16_t string)
{
    if (!all->alone[string])
        return;
    all->alone[string] = 0;
    all->later[all->earlier[string]] = all->later[string];
    all->earlier[all->later[string]] = all->earlier[string];
}

/* _Strings.make_room */
static uint16_t make_room(state *all)
{
    if (all->free_count)
        return 0;
    uint16_t string = all->later[0];
    not_alone(all, string);
    const uint16_t parts[2] = {all->left[string], all->right[string]};
    for (int part = 0; part < 2; part++)
        if (--all->needed[parts[part]] == 0 && parts[part] >= FIRST_STRING)
            leave_alone(all, parts[part]);
    all->free_strings[all->free_count++] = string;
    return string;
}

/* _Strings.make */
static uint16_t make(state *all, uint16_t left, uint16_t right)
{
    uint16_t string = all->free_strings[--all->free_count];
    all->left[string] = left;
    all->right[string] = right;
    all->needed[left]++;
    all->needed[right]++;
    not_alone(all, left);
    not_alone(all, right);
    leave_alone(all, string);
    return string;
}

static uint16_t put_node(state *all, uint16_t parent, const uint16_t *data, uint64_t start, uint32_t length)
{
    uint16_t number = all->free_nodes[--all->node_count];
    all->nodes[number] = (node){.start = start, .length = length, .parent = parent};
    all->child[parent][data[start]] = number;
    all->nodes[parent].children++;
    all->nodes[parent].child_sum += number;
    return number;
}

static void take_node(state *all, uint16_t number, const uint16_t *data)
{
    node *own = &all->nodes[number], *parent = &all->nodes[own->parent];
    all->child[own->parent][data[own->start]] = 0;
    parent->children--;
    parent->child_sum -= number;
    all->free_nodes[all->node_count++] = number;
}

/* Takes out a node without a string from which only one edge goes on. */
static void join_edges(state *all, uint16_t number, const uint16_t *data)
{
    node *own = &all->nodes[number];
    if (number < SYMBOLS || own->string || own->children != 1)
        return;
    uint16_t only = (uint16_t)own->child_sum;
    node *below = &all->nodes[only], *parent = &all->nodes[own->parent];
    all->child[number][data[below->start]] = 0;
    below->start -= own->length; /* where it goes by in the data, so does what comes before it */
    below->length += own->length;
    below->parent = own->parent;
    all->child[own->parent][data[own->start]] = only;
    parent->child_sum += (uint32_t)only - number;
    all->free_nodes[all->node_count++] = number;
}

static size_t same_symbols(const uint16_t *one, const uint16_t *other, size_t size)
{
    size_t at = 0;
    while (at < size && one[at] == other[at])
        at++;
    return at;
}

/* _Tree.find: the longest string that data[at..] begin with, and its length. */
static uint16_t find(const state *all, const uint16_t *data, size_t size, size_t at, size_t *length)
{
    uint16_t number = data[at], best = data[at];
    size_t end = size - at < LONGEST ? size : at + LONGEST, next = at + 1;
    *length = 1;
    while (next < end && (number = all->child[number][data[next]]) != 0) {
        const node *own = &all->nodes[number];
        if (own->length > end - next || same_symbols(data + own->start, data + next, own->length) < own->length)
            break;
        next += own->length;
        if (own->string) {
            best = own->string;
            *length = next - at;
        }
    }
    return best;
}

/* _Tree.add: the string data[start .. start + length); one of the same symbols that is there stays. */
static void add(state *all, const uint16_t *data, uint64_t start, size_t length, uint16_t string)
{
    uint16_t number = data[start];
    uint64_t next = start + 1, end = start + length;
    while (next < end) {
        uint16_t below = all->child[number][data[next]];
        if (!below) {
            number = put_node(all, number, data, next, (uint32_t)(end - next));
            break;
        }
        node *own = &all->nodes[below];
        size_t most = own->length < end - next ? own->length : (size_t)(end - next);
        size_t same = same_symbols(data + own->start, data + next, most);
        next += same;
        if (same < own->length) { /* part the edge */
            uint64_t from = own->start;
            uint32_t rest = own->length - (uint32_t)same;
            all->nodes[number].children--;
            all->nodes[number].child_sum -= below;
            uint16_t between = put_node(all, number, data, from, (uint32_t)same);
            own->start = from + same;
            own->length = rest;
            own->parent = between;
            all->child[between][data[own->start]] = below;
            all->nodes[between].children = 1;
            all->nodes[between].child_sum = below;
            below = between;
        }
        number = below;
    }
    if (all->nodes[number].string || number < SYMBOLS)
        return;
    all->nodes[number].string = string;
    all->node_of[string] = number;
}

/* _Tree.drop */
static void drop(state *all, const uint16_t *data, uint16_t string)
{
    uint16_t number = all->node_of[string];
    if (!number)
        return;
    all->node_of[string] = 0;
    all->nodes[number].string = 0;
    if (all->nodes[number].children == 0) {
        uint16_t parent = all->nodes[number].parent;
        take_node(all, number, data);
        number = parent;
    }
    join_edges(all, number, data);
}

EXPORT int64_t mvsfs_spack_state(void) { return (int64_t)sizeof(state); }

/* spack.packed: the codes of symbols. `memory`: mvsfs_spack_state() bytes of zeros. */
EXPORT int64_t mvsfs_spack(const uint16_t *symbols, size_t size, void *memory, uint16_t *codes, size_t room, tally *done)
{
    if (!symbols || !memory || !codes || !done || room < size)
        return REFUSED;
    for (size_t at = 0; at < size; at++)
        if (symbols[at] == 0 || symbols[at] >= SYMBOLS)
            return UNUSUAL;
    state *all = memory;
    begin(all);
    size_t made = 0, before_length = 0, length;
    uint16_t before = 0;
    for (size_t at = 0; at < size; at += length) {
        uint16_t dropped = before ? make_room(all) : 0;
        if (dropped)
            drop(all, symbols, dropped);
        uint16_t code = find(all, symbols, size, at, &length);
        codes[made++] = code;
        if (before) {
            uint16_t string = make(all, before, code);
            if (before_length + length <= LONGEST)
                add(all, symbols, at - before_length, before_length + length, string);
        }
        before = code;
        before_length = length;
    }
    done->used = (int64_t)size;
    done->made = (int64_t)made;
    done->records = done->truncated = 0;
    return 0;
}
