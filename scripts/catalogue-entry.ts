// What the build reads of the catalogue.
export { ENDPOINTS } from '../lib/catalogue/endpoints';
export { nodeTypeOf } from '../lib/catalogue/node-type';
export { entityChoices } from '../lib/entities/entity-choices';
