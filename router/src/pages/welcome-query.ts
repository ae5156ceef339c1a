/** The query that Sandbox, GraphiQL and `npm start` show first. */
export const welcomeQuery = `query Shop {
  products(first: 3) {
    nodes {
      name
      priceRange { min { gross { amount currency } } }
      variants { sku availability { available } }
    }
  }
}
`;
