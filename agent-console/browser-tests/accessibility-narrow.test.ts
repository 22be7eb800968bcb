import { testAccessibility } from './accessible-pages.js';

testAccessibility('narrow');
