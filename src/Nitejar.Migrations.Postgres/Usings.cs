global using System.Globalization;
global using Nitejar.Migrations.Engine;
global using Nitejar.Migrations.Engine.Databases;
global using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;
