using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Output.Secrets;

/// <summary>
/// Takes secrets out of everything that leaves the program. It knows them from the sources themselves (arguments,
/// variables, files) and does not guess from what is printed, which would garble SQL that mentions a password.
/// </summary>
internal sealed class Redactor
{
    /// <summary>Shorter ones would take apart whatever is printed, and protect nothing.</summary>
    public const int ShortestSecret = 3;

    /// <summary>Part of a group could be chance.</summary>
    private const int ShortestInBase64 = 5;

    private const string Mask = "***";
    private readonly List<string> _forms = [];

    /// <summary>Makes the secrets known that a connection, or a text with one in it, holds.</summary>
    public void AddFrom(string? text)
    {
        foreach (var secret in LiteralSecret.AllIn(text))
        {
            Add(secret);
        }
    }

    /// <summary>Makes a secret known, in each form in which it could be printed.</summary>
    public void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret })
        {
            return;
        }

        var escaped = Uri.EscapeDataString(secret);
        AddForm(secret);
        AddForm(escaped);
        AddForm(WithLowerCaseEscapes(escaped));
        AddForm(Uri.UnescapeDataString(secret));
        AddBase64(Encoding.UTF8.GetBytes(secret));
        AddForm(secret.Replace("\"", "\"\"", StringComparison.Ordinal));
        AddForm(secret.Replace("'", "''", StringComparison.Ordinal));
        AddForm(JsonEncodedText.Encode(secret, JsonText.Encoder).ToString());
    }

    private static string WithLowerCaseEscapes(string escaped) =>
        string.Concat(
            escaped.Select(
                (c, i) =>
                    escaped.AsSpan(Math.Max(i - 2, 0), Math.Min(i, 2)).Contains('%')
                        ? char.ToLowerInvariant(c)
                        : c
            )
        );

    /// <summary>Alone, and within something longer, where it may begin at each of the three places of a group.</summary>
    private void AddBase64(byte[] bytes)
    {
        AddForm(Convert.ToBase64String(bytes));
        AddForm(Base64Url.EncodeToString(bytes));
        for (var before = 0; before < 3; before++)
        {
            // Characters that hold bits of what stands before or behind differ from text to text.
            var first = (before * 8 + 5) / 6;
            var end = (before + bytes.Length) * 8 / 6;
            if (end - first >= ShortestInBase64)
            {
                byte[] moved = [.. new byte[before], .. bytes];
                AddForm(Convert.ToBase64String(moved)[first..end]);
                AddForm(Base64Url.EncodeToString(moved)[first..end]);
            }
        }
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
