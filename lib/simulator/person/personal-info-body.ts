import type { Body } from '../../ports/documents';
import { documentId } from './document-id';
import type { PersonModel } from './person-model';

/** The body of /personal_info: id, years, kg, m; the address belongs to no one (example.com, RFC 2606). */
export function personalInfoBody(model: PersonModel): Body {
  const { age, weight, height, sex } = model.profile;
  const id = documentId(model.chance, 'personal_info', 0);
  return { id, age, weight, height, biological_sex: sex, email: `person-${id.slice(0, 8)}@example.com` };
}
