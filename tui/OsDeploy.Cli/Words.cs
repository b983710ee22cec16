using System.Globalization;
using OsDeploy.Api;

namespace OsDeploy.Cli;

/// <summary>Names of the API as people type and read them: <c>RoomOperator</c> is <c>room-operator</c>.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => ApiWord.Of(value);

    /// <summary>In either case, with or without dashes.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum => ApiWord.TryParse(text, out value);

    public static string Choices<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(Of));

    /// <summary><c>1 host</c>, <c>12 hosts</c>.</summary>
    /// <param name="thing">One of them.</param>
    public static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
