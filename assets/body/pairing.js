// Which node of the text comes from which piece of its source.

const MOST = 250_000; // comparisons above which only what begins and ends alike is found

/**
 * For each node, `{ piece, same }`: `same` is the node of the source equal to it; without
 * it `piece` is the one that it was probably made from, or null.
 */
export function pairs(nodes, pieces) {
  const own = pieces.flatMap((piece) => piece.nodes.map((node) => ({ piece, node })));
  const found = nodes.map(() => ({ piece: null, same: null }));
  const equal = dropBroken(equals(nodes, own), own);
  for (const [rank, from] of equal) found[rank] = { piece: own[from].piece, same: own[from].node };
  for (const [gap, others] of gaps(nodes, own, equal)) guess(gap, others, nodes, found);
  return found;
}

/** Ranks of equal nodes, in order on both sides. */
function equals(nodes, own) {
  const same = (a, b) => nodes[a].eq(own[b].node);
  let start = 0;
  while (start < nodes.length && start < own.length && same(start, start)) start++;
  let end = 0;
  const room = Math.min(nodes.length, own.length) - start;
  while (end < room && same(nodes.length - 1 - end, own.length - 1 - end)) end++;
  const middle = common(same, start, nodes.length - end, own.length - end);
  return [
    ...Array.from({ length: start }, (_, rank) => [rank, rank]),
    ...middle,
    ...Array.from({ length: end }, (_, rank) => [
      nodes.length - end + rank,
      own.length - end + rank,
    ]),
  ];
}

/** The longest common run of nodes between the start and these ends, skipping allowed. */
function common(same, start, endA, endB) {
  const [height, width] = [endA - start, endB - start];
  if (height * width === 0 || height * width > MOST) return [];
  const best = Array.from({ length: height + 1 }, () => new Uint32Array(width + 1));
  for (let a = height - 1; a >= 0; a--) {
    for (let b = width - 1; b >= 0; b--) {
      const skip = Math.max(best[a + 1][b], best[a][b + 1]);
      best[a][b] = same(start + a, start + b) ? best[a + 1][b + 1] + 1 : skip;
    }
  }
  return walk(same, best, start, height, width);
}

function walk(same, best, start, height, width) {
  const found = [];
  let [a, b] = [0, 0];
  while (a < height && b < width) {
    if (same(start + a, start + b)) found.push([start + a++, start + b++]);
    else if (best[a + 1][b] >= best[a][b + 1]) a++;
    else b++;
  }
  return found;
}

/** A piece that made several nodes is kept whole or not at all. */
function dropBroken(equal, own) {
  const matched = new Map(equal.map(([rank, from]) => [from, rank]));
  return equal.filter(([rank, from]) => {
    const { piece, node } = own[from];
    const first = from - piece.nodes.indexOf(node);
    return piece.nodes.every(
      (_, step) => matched.get(first + step) === rank - (from - first) + step,
    );
  });
}

/** Runs of nodes without an equal, each with the pieces of the source that stood there. */
function* gaps(nodes, own, equal) {
  let [lastA, lastB] = [-1, -1];
  for (const [a, b] of [...equal, [nodes.length, own.length]]) {
    const ranks = Array.from({ length: a - lastA - 1 }, (_, step) => lastA + 1 + step);
    yield [ranks, own.slice(lastB + 1, b).filter(({ piece }) => piece.nodes.length === 1)];
    [lastA, lastB] = [a, b];
  }
}

function guess(gap, others, nodes, found) {
  let next = 0;
  for (const rank of gap) {
    const origin = likest(nodes[rank], others, next);
    if (origin < 0) continue;
    found[rank].piece = others[origin].piece;
    next = origin + 1;
  }
}

function likest(node, others, from) {
  let [best, score] = [-1, -1];
  for (let rank = from; rank < others.length; rank++) {
    const other = others[rank].node;
    const likeness = other.type === node.type ? alike(node.textContent, other.textContent) : -1;
    if (likeness > score) [best, score] = [rank, likeness];
  }
  return best;
}

/** How many signs two texts share at their beginning and at their end. */
function alike(a, b) {
  const length = Math.min(a.length, b.length);
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return start + end;
}
