-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- One tenant of the web shop on MariaDB: the same tables and rows as on PostgreSQL.

CREATE TABLE customer (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  email varchar(190) NOT NULL UNIQUE,
  name varchar(190) NOT NULL,
  phone varchar(20),
  created_at datetime NOT NULL DEFAULT current_timestamp
);

CREATE TABLE address (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  customer_id bigint NOT NULL,
  street varchar(190) NOT NULL,
  city varchar(190) NOT NULL,
  country char(2) NOT NULL,
  KEY address_customer_idx (customer_id),
  CONSTRAINT address_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id)
);

CREATE TABLE category (
  id int AUTO_INCREMENT PRIMARY KEY,
  name varchar(190) NOT NULL UNIQUE,
  parent_id int,
  CONSTRAINT category_parent_fk FOREIGN KEY (parent_id) REFERENCES category (id)
);

CREATE TABLE product (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  sku varchar(32) NOT NULL UNIQUE,
  title varchar(190) NOT NULL,
  price decimal(12, 2) NOT NULL CHECK (price >= 0),
  category_id int NOT NULL,
  discontinued boolean NOT NULL DEFAULT false,
  KEY product_category_idx (category_id),
  CONSTRAINT product_category_fk FOREIGN KEY (category_id) REFERENCES category (id)
);

CREATE TABLE stock (
  product_id bigint PRIMARY KEY,
  quantity int NOT NULL DEFAULT 0,
  counted_at datetime,
  CONSTRAINT stock_product_fk FOREIGN KEY (product_id) REFERENCES product (id)
);

CREATE TABLE coupon (
  code varchar(20) PRIMARY KEY,
  percent decimal(5, 2) NOT NULL,
  legacy_note text,
  valid_until date
);

CREATE TABLE orders (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  customer_id bigint NOT NULL,
  coupon_code varchar(20),
  status varchar(20) NOT NULL DEFAULT 'open',
  total decimal(12, 2) NOT NULL,
  created_at datetime NOT NULL DEFAULT current_timestamp,
  KEY orders_customer_idx (customer_id),
  KEY orders_status_idx (status),
  CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT orders_coupon_fk FOREIGN KEY (coupon_code) REFERENCES coupon (code)
);

CREATE TABLE order_item (
  order_id bigint NOT NULL,
  line int NOT NULL,
  product_id bigint NOT NULL,
  quantity int NOT NULL,
  price decimal(12, 2) NOT NULL,
  PRIMARY KEY (order_id, line),
  KEY order_item_product_idx (product_id),
  CONSTRAINT order_item_order_fk FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT order_item_product_fk FOREIGN KEY (product_id) REFERENCES product (id)
);

CREATE TABLE payment (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  order_id bigint NOT NULL,
  method varchar(20) NOT NULL,
  amount decimal(12, 2) NOT NULL,
  paid_at datetime,
  KEY payment_order_idx (order_id),
  CONSTRAINT payment_order_fk FOREIGN KEY (order_id) REFERENCES orders (id)
);

CREATE TABLE shipment (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  order_id bigint NOT NULL,
  carrier varchar(40) NOT NULL,
  tracking varchar(40),
  shipped_at datetime,
  KEY shipment_order_idx (order_id),
  CONSTRAINT shipment_order_fk FOREIGN KEY (order_id) REFERENCES orders (id)
);

CREATE TABLE cart (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  customer_id bigint,
  updated_at datetime NOT NULL DEFAULT current_timestamp,
  KEY cart_customer_idx (customer_id),
  CONSTRAINT cart_customer_fk FOREIGN KEY (customer_id) REFERENCES customer (id)
);

CREATE TABLE event (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  happened_at datetime NOT NULL,
  kind varchar(40) NOT NULL,
  customer_id bigint
);

CREATE VIEW open_order AS SELECT id, customer_id FROM orders WHERE status = 'open';

INSERT INTO customer (email, name, phone, created_at)
SELECT concat('customer', seq, '@example.com'), concat('Customer ', seq), concat('+49 30 ', seq), now() - INTERVAL seq DAY
FROM seq_1_to_120;

INSERT INTO address (customer_id, street, city, country)
SELECT id, concat(id, ' Main Street'), 'Springfield', 'DE' FROM customer;

INSERT INTO category (name) SELECT concat('Category ', seq) FROM seq_1_to_20;

INSERT INTO product (sku, title, price, category_id)
SELECT concat('SKU-', seq), concat('Product ', seq), seq % 90 + 9.99, seq % 20 + 1 FROM seq_1_to_100;

INSERT INTO stock (product_id, quantity) SELECT id, id % 40 FROM product;

INSERT INTO coupon (code, percent) SELECT concat('SAVE', seq), seq FROM seq_1_to_15;

INSERT INTO orders (customer_id, status, total, created_at)
SELECT seq % 120 + 1, CASE seq % 10 WHEN 0 THEN 'open' ELSE 'done' END, seq % 500 + 5, now() - INTERVAL seq * 6 HOUR
FROM seq_1_to_500;

INSERT INTO order_item (order_id, line, product_id, quantity, price)
SELECT id, 1, id % 100 + 1, id % 3 + 1, id % 90 + 9.99 FROM orders;

INSERT INTO payment (order_id, method, amount, paid_at)
SELECT id, 'card', id % 500 + 5, now() - INTERVAL id * 6 HOUR FROM orders WHERE id % 10 > 0;

INSERT INTO shipment (order_id, carrier, shipped_at)
SELECT id, 'post', now() - INTERVAL id * 5 HOUR FROM orders;

INSERT INTO cart (customer_id, updated_at)
SELECT seq, now() - INTERVAL seq * 2 DAY FROM seq_1_to_100;

-- The large one.
INSERT INTO event (happened_at, kind, customer_id)
SELECT now() - INTERVAL seq * 10 MINUTE, 'page_view', seq % 120 + 1 FROM seq_1_to_3000;

-- The server would get to it by itself, some time later.
ANALYZE TABLE customer, address, category, product, stock, coupon, orders, order_item, payment, shipment, cart, event;
