global using Nitejar.Migrations.Engine;
