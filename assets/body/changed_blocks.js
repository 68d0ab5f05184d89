// Which blocks of a document differ from those of another one, the last ones first.

/** [from, to, nodes] of each run of blocks to put in the place of others, from the end on, so that
    no place moves before it is used. */
export function changedBlocks(old, next) {
  const before = [...old.children];
  const after = [...next.children];
  const places = [0];
  for (const node of before) places.push(places.at(-1) + node.nodeSize);
  return runs(before, after)
    .map(([a1, a2, b1, b2]) => [places[a1], places[a2], after.slice(b1, b2)])
    .reverse();
}

/** The runs that are not in both, by the longest common list of blocks. */
function runs(before, after) {
  const [head, tail] = ends(before, after);
  const [one, other] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const found = [];
  let [a, b] = [0, 0];
  for (const [i, j] of [...common(one, other), [one.length, other.length]]) {
    if (i > a || j > b) found.push([head + a, head + i, head + b, head + j]);
    [a, b] = [i + 1, j + 1];
  }
  return found;
}

function ends(before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head].eq(after[head])) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail).eq(after.at(-1 - tail))) tail += 1;
  return [head, tail];
}

function common(one, other) {
  if (one.length * other.length > 250_000) return [];
  const long = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const both = one[i].eq(other[j]);
      long[i][j] = both ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i].eq(other[j])) pairs.push([i++, j++]);
    else if (long[i + 1][j] >= long[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
