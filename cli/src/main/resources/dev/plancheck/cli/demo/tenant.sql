-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- One tenant of a web shop. Every tenant database of the demo is a copy of this one.

CREATE TABLE customer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  phone varchar(20),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE address (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer,
  street text NOT NULL,
  city text NOT NULL,
  country char(2) NOT NULL
);
CREATE INDEX address_customer_idx ON address (customer_id);

CREATE TABLE category (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  parent_id int REFERENCES category
);

CREATE TABLE product (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku varchar(32) NOT NULL UNIQUE,
  title text NOT NULL,
  price numeric(12, 2) NOT NULL CHECK (price >= 0),
  category_id int NOT NULL REFERENCES category,
  discontinued boolean NOT NULL DEFAULT false
);
CREATE INDEX product_category_idx ON product (category_id);

CREATE TABLE stock (
  product_id bigint PRIMARY KEY REFERENCES product,
  quantity int NOT NULL DEFAULT 0,
  counted_at timestamptz
);

CREATE TABLE coupon (
  code varchar(20) PRIMARY KEY,
  percent numeric(5, 2) NOT NULL,
  legacy_note text,
  valid_until date
);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer,
  coupon_code varchar(20) REFERENCES coupon,
  status text NOT NULL DEFAULT 'open',
  total numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE INDEX orders_status_idx ON orders (status);

CREATE TABLE order_item (
  order_id bigint NOT NULL REFERENCES orders,
  line int NOT NULL,
  product_id bigint NOT NULL REFERENCES product,
  quantity int NOT NULL,
  price numeric(12, 2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
CREATE INDEX order_item_product_idx ON order_item (product_id);

CREATE TABLE payment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  method text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  paid_at timestamptz
);
CREATE INDEX payment_order_idx ON payment (order_id);

CREATE TABLE shipment (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  carrier text NOT NULL,
  tracking text,
  shipped_at timestamptz
);
CREATE INDEX shipment_order_idx ON shipment (order_id);

CREATE TABLE cart (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_id bigint REFERENCES customer,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cart_customer_idx ON cart (customer_id);

CREATE TABLE event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  happened_at timestamptz NOT NULL,
  kind text NOT NULL,
  customer_id bigint
);

CREATE VIEW open_order AS SELECT id, customer_id FROM orders WHERE status = 'open';

INSERT INTO customer (email, name, phone, created_at)
SELECT 'customer' || n || '@example.com', 'Customer ' || n, '+49 30 ' || n, now() - n * interval '1 day'
FROM generate_series(1, 120) AS n;

INSERT INTO address (customer_id, street, city, country)
SELECT n, n || ' Main Street', 'Springfield', 'DE' FROM generate_series(1, 120) AS n;

INSERT INTO category (name) SELECT 'Category ' || n FROM generate_series(1, 20) AS n;

INSERT INTO product (sku, title, price, category_id)
SELECT 'SKU-' || n, 'Product ' || n, n % 90 + 9.99, n % 20 + 1 FROM generate_series(1, 100) AS n;

INSERT INTO stock (product_id, quantity) SELECT n, n % 40 FROM generate_series(1, 100) AS n;

INSERT INTO coupon (code, percent) SELECT 'SAVE' || n, n FROM generate_series(1, 15) AS n;

INSERT INTO orders (customer_id, status, total, created_at)
SELECT n % 120 + 1, CASE n % 10 WHEN 0 THEN 'open' ELSE 'done' END, n % 500 + 5, now() - n * interval '6 hours'
FROM generate_series(1, 500) AS n;

INSERT INTO order_item (order_id, line, product_id, quantity, price)
SELECT n, 1, n % 100 + 1, n % 3 + 1, n % 90 + 9.99 FROM generate_series(1, 500) AS n;

INSERT INTO payment (order_id, method, amount, paid_at)
SELECT n, 'card', n % 500 + 5, now() - n * interval '6 hours' FROM generate_series(1, 500) AS n WHERE n % 10 > 0;

INSERT INTO shipment (order_id, carrier, shipped_at)
SELECT n, 'post', now() - n * interval '5 hours' FROM generate_series(1, 500) AS n;

INSERT INTO cart (customer_id, updated_at)
SELECT n, now() - n * interval '2 days' FROM generate_series(1, 100) AS n;

-- The large one.
INSERT INTO event (happened_at, kind, customer_id)
SELECT now() - n * interval '10 minutes', 'page_view', n % 120 + 1 FROM generate_series(1, 3000) AS n;

-- Small statistics keep a copy of this database small.
SET default_statistics_target = 10;
ANALYZE;
