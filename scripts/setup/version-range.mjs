// As much of npm's version ranges as `engines` fields use: comparators, ^, ~, x, hyphens, alternatives. Prereleases sort below their release.

export function compareVersions(a, b) {
  const [left, right] = [parse(a), parse(b)]
  for (let i = 0; i < 3; i += 1) {
    const difference = (left.parts[i] ?? 0) - (right.parts[i] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(right.isPrerelease) - Number(left.isPrerelease)
}

export function allows(range, version) {
  return range.split('||').some(alternative => comparators(alternative).every(comparator => holds(comparator, version)))
}

function comparators(alternative) {
  const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(alternative)
  if (hyphen) return [`>=${hyphen[1]}`, `<=${hyphen[2]}`]
  return alternative
    .replace(/([<>=^~])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter(Boolean)
}

function holds(comparator, version) {
  const found = /^(>=|<=|>|<|=|\^|~)?v?(.*)$/.exec(comparator)
  const [, operator = '=', wanted = ''] = found ?? []
  const { parts } = parse(wanted)
  if (parts.length === 0) return true
  const low = compareVersions(version, wanted) >= 0
  // The first version that a bound with only some of its numbers written (">20", "<=20.1", "20.x") no longer means.
  const beyond = compareVersions(version, raise(parts, parts.length - 1)) >= 0
  if (operator === '>=') return low
  if (operator === '<') return !low
  if (operator === '>') return beyond
  if (operator === '<=') return !beyond
  if (operator === '=') return low && !beyond
  const kept = operator === '~' ? Math.min(1, parts.length - 1) : Math.max(0, firstNonZero(parts))
  return low && compareVersions(version, raise(parts, kept)) < 0
}

function firstNonZero(parts) {
  const index = parts.findIndex(part => part > 0)
  return index === -1 ? parts.length - 1 : index
}

function raise(parts, index) {
  return parts
    .slice(0, index + 1)
    .map((part, i) => (i === index ? part + 1 : part))
    .join('.')
}

function parse(version) {
  const [release = '', prerelease] = version.split('+')[0].split('-')
  const parts = []
  for (const part of release.split('.')) {
    if (!/^\d+$/.test(part)) break
    parts.push(Number(part))
  }
  return { parts, isPrerelease: prerelease !== undefined }
}
