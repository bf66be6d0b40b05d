using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Cli.Configuration;

namespace Nitejar.Migrations.Cli.Output;

/// <summary>
/// Takes secrets out of everything that leaves the program. It knows them from the sources themselves (arguments,
/// variables, files) and does not guess from what is printed, which would garble SQL that mentions a password.
/// </summary>
internal sealed class Redactor
{
    /// <summary>Shorter ones would take apart whatever is printed, and protect nothing.</summary>
    public const int ShortestSecret = 3;

    private const string Mask = "***";
    private readonly List<string> _forms = [];

    /// <summary>Makes the passwords known that a connection, or a text with one in it, holds.</summary>
    public void AddFrom(string? text)
    {
        foreach (var password in LiteralPassword.AllIn(text))
        {
            Add(password);
        }
    }

    /// <summary>Makes a secret known, in each form in which it could be printed.</summary>
    public void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret })
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(secret);
        AddForm(secret);
        AddForm(Uri.EscapeDataString(secret));
        AddForm(Uri.UnescapeDataString(secret));
        AddForm(Convert.ToBase64String(bytes));
        AddForm(Base64Url.EncodeToString(bytes));
        AddForm(secret.Replace("\"", "\"\"", StringComparison.Ordinal));
        AddForm(secret.Replace("'", "''", StringComparison.Ordinal));
        AddForm(JsonEncodedText.Encode(secret, JsonDocument.Encoder).ToString());
    }

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        if (_forms.Count == 0)
        {
            return text;
        }

        var isSecret = new bool[text.Length];
        var found = false;
        foreach (var form in _forms)
        {
            for (
                var at = text.IndexOf(form, StringComparison.Ordinal);
                at >= 0;
                at = text.IndexOf(form, at + 1, StringComparison.Ordinal)
            )
            {
                isSecret.AsSpan(at, form.Length).Fill(true);
                found = true;
            }
        }

        return found ? WithoutMarked(text, isSecret) : text;
    }

    private static string WithoutMarked(string text, bool[] isSecret)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!isSecret[i])
            {
                clean.Append(text[i]);
            }
            else if (i == 0 || !isSecret[i - 1])
            {
                clean.Append(Mask);
            }
        }

        return clean.ToString();
    }

    private void AddForm(string form)
    {
        if (!_forms.Contains(form))
        {
            _forms.Add(form);
        }
    }
}
