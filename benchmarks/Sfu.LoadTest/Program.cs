Console.WriteLine("sfu-load: not there yet");
