namespace Nitejar.Database.Github;

/// <summary>A call names an integration, plugin instance, agent or repository that the database does not hold. Nothing was changed.</summary>
/// <param name="message">What is missing.</param>
public sealed class MissingRowException(string message) : Exception(message);
