import { Field, Select, TextInput } from '#components/ui/field.tsx'
import { ORDERS, outcomeWords } from './table-points.ts'

/** What the games of a table are worth: a number for each outcome, by its name. */
export function PointsFields({ points, errorOf }: { points: Readonly<Record<string, number>>; errorOf: (name: string) => string | null }) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm text-soft">Points in the table</legend>
      <div className="grid grid-cols-3 gap-3">
        {Object.entries(points).map(([outcome, worth]) => (
          <Field key={outcome} label={outcomeWords(outcome)} error={errorOf(outcome)} className="flex min-w-0 flex-col justify-end">
            {control => (
              <TextInput
                {...control}
                key={worth}
                name={outcome}
                type="number"
                min={-100}
                max={100}
                step="any"
                required
                defaultValue={worth}
                className="figures"
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

/** @param own the order of a league's own, which stays as long as no other is chosen */
export function OrderField({ chosen = 0, own }: { chosen?: number; own?: string }) {
  return (
    <Field label="Level on points, told apart by">
      {control => (
        <Select {...control} key={chosen} name="order" defaultValue={chosen}>
          {own === undefined ? null : <option value={-1}>{own}</option>}
          {ORDERS.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
