/** 'passengerId' and 'passenger_id' are both passenger and id. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Things of which a table has one row each, as they are written together with id: 'customerid'. */
const THINGS =
  'row|user|customer|client|patient|subject|passenger|sample|order|product|item|record|transaction|session|account|employee|student|case|doc|document|image|cell|gene|object|obj|node|event|member|person|participant|animal|plant|specimen|station|sensor|device|machine|invoice|ticket|trip|player|team|store|house|listing|molecule|compound|protein';
const TOGETHER = new RegExp(`^(${THINGS})(ids?|no|nr|num|number)$`);
const NAMES_ROWS = new Set(['id', 'ids', 'uid', 'uuid', 'guid', 'pk', 'rowid', 'ssn', 'isbn', 'ean', 'oid']);
const MAY_NAME_ROWS = new Set(['key', 'code', 'serial', 'number', 'no', 'nr', 'num', 'row', 'rownum', 'index', 'idx']);
const PLACES = new Set(['zip', 'zipcode', 'postcode', 'postalcode', 'plz']);
const TIMES = new Set(['time', 'timestamp', 'date', 'datetime', 'day', 'created', 'updated', 'epoch', 'ts']);
const WEIGHTS =
  /^((sample|case|survey|row|frequency|freq|instance|observation) ?weights?|fnlwgt|pweights?|sample ?wt)$/;
const INDEX =
  /^(|unnamed: \d+(\.\d+)?|unnamed: \d+_level_\d+|index|level_0|rownames|row[._ ]names?|\.\.\.1|__index_level_\d+__)$/i;

/** Whether a name is that of identifiers, whatever they look like: id, customer_id, patientID, isbn. */
export function namesIdentifiers(name: string): boolean {
  const words = wordsOf(name);
  return NAMES_ROWS.has(words[words.length - 1] ?? '') || words.some((word) => TOGETHER.test(word));
}

/** Whether a name may be that of identifiers, and of other things too: key, code, number. */
export function mayNameIdentifiers(name: string): boolean {
  const words = wordsOf(name);
  return namesIdentifiers(name) || MAY_NAME_ROWS.has(words[words.length - 1] ?? '');
}

/** Whether a name is that of the index that pandas writes, or of the row names of R; none at all is. */
export function namesIndex(name: string): boolean {
  return INDEX.test(name.trim());
}

/** Whether a name is that of postal codes. */
export function namesPlaces(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => PLACES.has(word)) || /post(al)? ?code/.test(words.join(' '));
}

export function namesTimes(name: string): boolean {
  return wordsOf(name).some((word) => TIMES.has(word));
}

/** Whether a name is that of weights of rows; 'weight' alone is a measurement. */
export function namesWeights(name: string): boolean {
  return WEIGHTS.test(wordsOf(name).join(' '));
}

const LABELS = new Set([
  'label',
  'labels',
  'class',
  'classes',
  'cluster',
  'clusters',
  'target',
  'targets',
  'y',
  'species',
]);
/** Words before or behind which one of these still names the label: cluster_id, true_label, class_name. */
const BESIDE = new Set([
  'id',
  'ids',
  'name',
  'names',
  'label',
  'labels',
  'true',
  'gold',
  'ground',
  'truth',
  'number',
  'no',
]);

/** Whether a name is that of labels: label, Cluster, class_id, species, y. `name` alone, in any case. */
export function namesLabels(name: string): boolean {
  const words = wordsOf(name);
  const plain = words.filter((word) => LABELS.has(word));
  if (plain.length === 0 || words.length > 3) return false;
  if (words.length > 1 && plain.every((word) => word === 'y')) return false;
  return words.every((word) => LABELS.has(word) || BESIDE.has(word));
}
