using System.Text;

namespace OsDeploy.Storage.Documents;

/// <summary>A value for a parameter of a statement.</summary>
/// <param name="Text">UTF-8, or null for a number.</param>
internal readonly record struct SqlValue(byte[]? Text, long Number)
{
    // Replacing what is not Unicode would make one id of two.
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text has half a surrogate pair.</exception>
    public static implicit operator SqlValue(string text) => new(s_strict.GetBytes(text), 0);

    public static implicit operator SqlValue(byte[] utf8) => new(utf8, 0);

    public static implicit operator SqlValue(long number) => new(null, number);
}
