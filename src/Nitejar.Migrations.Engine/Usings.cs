global using System.Globalization;
global using Index = Nitejar.Migrations.Engine.Schemas.Tables.Index;
