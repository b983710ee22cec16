#pragma warning disable RS0030 // Asks for the first operator on the terminal and says what comes next.
using System.Text;
using OsDeploy.Server.Hosting;

namespace OsDeploy.Server;

/// <summary>What a person sees who starts the daemon in a terminal.</summary>
internal static class FirstStart
{
    private const string DefaultName = "admin";

    /// <exception cref="UserErrorException"><c>first-operator-missing</c>: there is nobody to ask.</exception>
    public static (string Name, string Password) Ask()
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw HostingErrors.NoFirstOperator();
        }

        Console.WriteLine("This appliance has no operator yet. Nothing listens before it has one.");
        Console.Write($"Name of the first administrator [{DefaultName}]: ");
        var name = Console.ReadLine()?.Trim() is { Length: > 0 } typed ? typed : DefaultName;
        while (true)
        {
            var password = ReadHidden("Password (at least 10 characters): ");
            if (password == ReadHidden("The same password again: "))
            {
                return (name, password);
            }

            Console.WriteLine("The two differ; try again.");
        }
    }

    public static void Welcome(Daemon daemon, DaemonOptions options)
    {
        var address = daemon.Addresses.Count > 0 ? daemon.Addresses[0] : "unix:" + options.SocketPath;
        Console.WriteLine($"""
            osdeploy serves {string.Join(", ", daemon.Addresses)}
            and consoles of this computer at unix:{options.SocketPath}
            Fingerprint: {daemon.Key.Words}

            In another terminal:
              osdeploy login {address} --pin {daemon.Key}
              osdeploy status
              osdeploy room add r101
              osdeploy config add win11 --partition 1:os=Win11
            On a PC (as root):
              osdeploy machine --server {address} --pin {daemon.Key}
            Ctrl-C stops the appliance.
            """);
    }

    private static string ReadHidden(string prompt)
    {
        Console.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
