namespace Nitejar.Database.Configuration;

/// <summary>A configuration cannot be read. The message names the field and never holds its value.</summary>
/// <param name="message">What is wrong, and where.</param>
public sealed class GithubAppConfigException(string message) : Exception(message);
